package io.catalogconnect.benchmarks.duel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ratios of an earlier run, by benchmark and baseline. Ratios of two machines can be compared, their rates cannot.
 *
 * <p>A benchmark has become slower if its ratio, the median of all rounds, is worse than the worst round of the earlier run: a
 * difference within the spread of the rounds is no difference.
 */
public final class StoredRatios {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PRECISION = 1_000;

    private final Map<String, Rounds> byName;

    /** Lowest and highest ratio of a round, and the median. */
    private record Rounds(double ratio, double lowest, double highest) {
        static Rounds of(Figure figure) {
            List<Double> ratios = figure.outcome().ratios();
            return new Rounds(figure.ratio(), Collections.min(ratios), Collections.max(ratios));
        }
    }

    private StoredRatios(Map<String, Rounds> byName) {
        this.byName = byName;
    }

    /**
     * Reads a file that {@link #save} has written.
     *
     * @throws IOException if it cannot be read or is no such file
     */
    public static StoredRatios read(Path file) throws IOException {
        Map<String, Rounds> byName = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : parse(file).properties()) {
            JsonNode rounds = entry.getValue();
            byName.put(
                    entry.getKey(),
                    new Rounds(
                            number(file, entry.getKey(), rounds, "ratio"),
                            number(file, entry.getKey(), rounds, "lowest"),
                            number(file, entry.getKey(), rounds, "highest")));
        }
        return new StoredRatios(byName);
    }

    private static JsonNode parse(Path file) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new IOException(file + " is not a file of --save: it is not a JSON object");
        }
        return root;
    }

    private static double number(Path file, String name, JsonNode rounds, String field) throws IOException {
        JsonNode value = rounds.path(field);
        if (!value.isNumber()) {
            throw new IOException(file + " is not a file of --save: \"" + name + "\" has no number \"" + field + "\"");
        }
        return value.asDouble();
    }

    /**
     * Writes the ratios of a run. Those of benchmarks that did not run stay in the file.
     *
     * @throws IOException if the file has another content or cannot be written
     */
    public static void save(Path file, List<Figure> figures) throws IOException {
        Map<String, Rounds> byName = Files.exists(file) ? read(file).byName : new TreeMap<>();
        figures.forEach(figure -> byName.put(name(figure), Rounds.of(figure)));
        ObjectNode root = JSON.createObjectNode();
        byName.forEach((name, rounds) -> root.putObject(name)
                .put("ratio", rounded(rounds.ratio()))
                .put("lowest", rounded(rounds.lowest()))
                .put("highest", rounded(rounds.highest())));
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static double rounded(double ratio) {
        return (double) Math.round(ratio * PRECISION) / PRECISION;
    }

    /** A line for each figure. */
    public List<String> compare(List<Figure> figures) {
        List<String> lines = new ArrayList<>();
        for (Figure figure : figures) {
            String line = stored(figure)
                    .map(before -> String.format(
                            Locale.ROOT,
                            "ratio %.2f, before %.2f (%.2f to %.2f)%s",
                            figure.ratio(),
                            before.ratio(),
                            before.lowest(),
                            before.highest(),
                            isSlower(figure) ? ": slower" : ""))
                    .orElse("not in the file");
            lines.add(name(figure) + ": " + line);
        }
        return lines;
    }

    /** Whether the figure is worse than all rounds of the earlier run. False if it was not measured then. */
    public boolean isSlower(Figure figure) {
        return stored(figure)
                .filter(before ->
                        figure.isRate() ? figure.ratio() < before.lowest() : figure.ratio() > before.highest())
                .isPresent();
    }

    private Optional<Rounds> stored(Figure figure) {
        return Optional.ofNullable(byName.get(name(figure)));
    }

    private static String name(Figure figure) {
        return figure.name() + " / " + figure.baseline();
    }
}
