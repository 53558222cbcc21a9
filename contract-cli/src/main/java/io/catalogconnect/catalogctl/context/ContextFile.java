package io.catalogconnect.catalogctl.context;

import io.catalogconnect.contract.finding.Finding;
import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.read.Fields;
import io.catalogconnect.contract.yaml.YamlFile;
import io.catalogconnect.settings.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads contexts from a YAML file. Paths in it are relative to its folder. */
public final class ContextFile {
    /** More than the largest file. The rest of a larger one is not read. */
    private static final int MOST_BYTES = 2 << 20;

    private final Path file;
    private final String name;
    private final Findings findings = new Findings();

    private ContextFile(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    /**
     * The context with a name.
     *
     * @param file the file with contexts; an absent one has none
     * @param announcement file in which a running local stack writes its addresses
     */
    public static Context find(String name, Path file, Path announcement) throws ContextException {
        Map<String, Context> contexts = Files.exists(file) ? new ContextFile(file, name).read() : Map.of();
        Context found = contexts.get(name);
        if (found != null) {
            return found;
        }
        if (name.equals(LocalStackContext.NAME)) {
            return LocalStackContext.read(announcement);
        }
        if (!Files.exists(file)) {
            throw new ContextException("There is no file " + file + ", which would contain the context '" + name
                    + "'. Write it, or name another file with --contexts. The context 'local' is built in.");
        }
        List<String> names = Stream.concat(contexts.keySet().stream(), Stream.of(LocalStackContext.NAME))
                .toList();
        throw new ContextException("There is no context '" + name + "' in " + file + "."
                + NearestName.of(name, names)
                        .map(nearest -> " Did you mean '" + nearest + "'?")
                        .orElse(" Add it to contexts.")
                + (contexts.isEmpty() ? "" : " It has: " + String.join(", ", contexts.keySet()) + ".")
                + " The context 'local' is built in.");
    }

    private Map<String, Context> read() throws ContextException {
        Map<String, Context> contexts = new LinkedHashMap<>();
        YamlFile yaml = YamlFile.parse(bytes(), findings);
        if (yaml.root() != null) {
            Fields top = new Fields(yaml.root(), Place.START, "a file with contexts", findings);
            Path folder = file.toAbsolutePath().getParent();
            top.inners("contexts", "a context").forEach((key, fields) -> {
                ContextReader reader = new ContextReader(folder == null ? file : folder, findings, key.equals(name));
                contexts.put(key, reader.read(key, fields));
            });
            top.done();
        }
        List<Finding> errors = errors();
        if (!errors.isEmpty()) {
            throw new ContextException(errors.stream()
                    .map(error -> file + ":" + error.place().line() + ":"
                            + error.place().column() + ": " + error.message())
                    .collect(Collectors.joining(System.lineSeparator())));
        }
        return contexts;
    }

    /** The keys of a value that is not a mapping are not missing. */
    private List<Finding> errors() {
        List<Finding> all = findings.sorted();
        Set<Place> wrong = all.stream()
                .filter(finding -> finding.rule().equals("type"))
                .map(Finding::place)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(finding -> !finding.rule().equals("missing") || !wrong.contains(finding.place()))
                .toList();
    }

    private byte[] bytes() throws ContextException {
        if (!Files.isRegularFile(file)) {
            throw new ContextException(file + " is not a file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            throw new ContextException(file + " cannot be read: " + e.getMessage());
        }
    }
}
