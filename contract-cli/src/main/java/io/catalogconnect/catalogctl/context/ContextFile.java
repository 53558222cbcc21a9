package io.catalogconnect.catalogctl.context;

import io.catalogconnect.contract.finding.Finding;
import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.read.Fields;
import io.catalogconnect.contract.yaml.YamlFile;
import io.catalogconnect.toolkit.rest.ConnectAccess;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads contexts from a YAML file. Paths in it are relative to its folder. */
public final class ContextFile {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path file;
    private final Findings findings = new Findings();

    private ContextFile(Path file) {
        this.file = file;
    }

    /**
     * The context with a name.
     *
     * @param file the file with contexts; it may be absent for {@code local}
     * @param announcement file in which a running local stack writes its addresses
     */
    public static Context find(String name, Path file, Path announcement) throws ContextException {
        Map<String, Context> contexts = Files.isRegularFile(file) ? new ContextFile(file).read() : Map.of();
        Context found = contexts.get(name);
        if (found != null) {
            return found;
        }
        if (name.equals(LocalStackContext.NAME)) {
            return LocalStackContext.read(announcement);
        }
        throw new ContextException("There is no context '" + name + "' in " + file + ". Add it to contexts. "
                + (contexts.isEmpty() ? "" : "It has: " + String.join(", ", contexts.keySet()) + ". ")
                + "The context 'local' is built in.");
    }

    private Map<String, Context> read() throws ContextException {
        Map<String, Context> contexts = new LinkedHashMap<>();
        try {
            YamlFile yaml = YamlFile.parse(Files.readAllBytes(file), findings);
            Fields top = new Fields(yaml.root(), Place.START, "a file with contexts", findings);
            for (Map.Entry<String, Fields> context :
                    top.inners("contexts", "a context").entrySet()) {
                contexts.put(context.getKey(), context(context.getKey(), context.getValue()));
            }
            top.done();
        } catch (IOException e) {
            throw new ContextException(file + " cannot be read: " + e.getMessage());
        }
        List<Finding> errors = findings.sorted();
        if (!errors.isEmpty()) {
            Finding first = errors.get(0);
            throw new ContextException(
                    file + ":" + first.place().line() + ":" + first.place().column() + ": " + first.message());
        }
        return contexts;
    }

    private Context context(String name, Fields fields) throws IOException {
        String environment = fields.text("environment");
        ConnectAccess connect = connect(fields.inner("connect", "the access to Kafka Connect"));
        Map<String, String> kafka = kafka(fields.inner("kafka", "the access to Kafka"));
        Fields bigQuery = fields.inner("bigquery", "the access to BigQuery");
        Context context = new Context(
                name,
                environment.isEmpty() ? name : environment,
                connect,
                kafka,
                bigQuery.text("endpoint"),
                bigQuery.word("credentials", "default", "none").equals("default"),
                fields.textMap("variables"));
        bigQuery.done();
        fields.done();
        return context;
    }

    private ConnectAccess connect(Fields fields) throws IOException {
        ConnectAccess access = ConnectAccess.of(fields.needed("url"), PATIENCE);
        String user = fields.text("user");
        String passwordFile = fields.text("passwordFile");
        String certificates = fields.text("certificates");
        fields.done();
        if (!user.isEmpty()) {
            String password = passwordFile.isEmpty()
                    ? ""
                    : Files.readString(path(passwordFile)).strip();
            access = access.withBasicAuth(user, password);
        }
        return certificates.isEmpty() ? access : access.withTrustedCertificates(path(certificates));
    }

    private Map<String, String> kafka(Fields fields) throws IOException {
        Map<String, String> settings = new HashMap<>();
        String properties = fields.text("properties");
        if (!properties.isEmpty()) {
            Properties loaded = new Properties();
            try (Reader reader = Files.newBufferedReader(path(properties))) {
                loaded.load(reader);
            }
            loaded.stringPropertyNames().forEach(key -> settings.put(key, loaded.getProperty(key)));
        }
        settings.put("bootstrap.servers", fields.needed("bootstrap"));
        fields.done();
        return settings;
    }

    private Path path(String text) {
        return file.toAbsolutePath().resolveSibling(text);
    }
}
