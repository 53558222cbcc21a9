package io.catalogconnect.localbigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of {@code sql/corpus.sql} gives what Google's own engine gives, or is refused. */
class OracleTest {

    /** What BigQuery says where this build of its engine, which reckons in nanoseconds and picoseconds, says something else. */
    private static final Map<String, String> BIGQUERYS = Map.of(
            "Input calculates to invalid datetime: 0000-01-01 0000:00:00",
            "Input calculates to invalid datetime: 0000-01-01 00:00:00",
            "More than one element",
            "Scalar subquery produced more than one element",
            "Invalid timestamp string \"2024-01-02 25:00:00\"",
            "Invalid timestamp: '2024-01-02 25:00:00'",
            "Unix picoseconds value is out of allowed range between -62135596800000000000000 to 253402300799999999999999",
            "Adding 1 SECOND to timestamp 9999-12-31 23:59:59+00 causes overflow");

    @TempDir
    private Path directory;

    @Test
    void everyQueryGivesTheRowsThatGooglesEngineGivesOrIsRefused() throws Exception {
        boolean runs = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        if (!runs) {
            System.err.println(
                    "SKIPPED: GoogleSQL's own engine runs on Linux x86_64 only; " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " has no oracle for the SQL of local-bigquery");
        }
        Assumptions.assumeTrue(runs, "GoogleSQL's own engine runs on Linux x86_64 only");
        int same = 0;
        List<String> differences = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (LocalEngine ours = new LocalEngine(directory)) {
            ZetaSqlEngine google = new ZetaSqlEngine();
            for (String name : List.of("product", "brand", "event")) {
                String rows = resource("sql/" + name + ".sql");
                google.table(name, rows);
                ours.table(name, rows);
            }
            for (String query : queries()) {
                boolean ordered = query.toUpperCase(Locale.ROOT).matches("(?s).*ORDER BY[^)]*");
                Answer expected =
                        ordered ? google.ask(query) : google.ask(query).sorted();
                Answer actual = ordered ? ours.ask(query) : ours.ask(query).sorted();
                if (actual.failed()) {
                    refused.add(query + "\n   ours:   " + actual.error() + "\n   google: "
                            + (expected.failed() ? expected.error() : expected.rows()));
                    same += expected.failed() ? 1 : 0;
                    if (expected.failed() && !sameWords(actual.error(), expected.error())) {
                        words.add(query + "\n   ours:   " + actual.error() + "\n   google: " + expected.error());
                    }
                } else if (expected.equals(actual)) {
                    same++;
                } else {
                    differences.add(query + "\n   ours:   " + actual.types() + " " + actual.rows() + "\n   google: "
                            + expected.types() + " " + expected.rows() + " " + expected.error());
                }
            }
        }
        if (Boolean.getBoolean("oracle.print")) {
            refused.forEach(System.out::println);
        }
        assertThat(differences).isEmpty();
        assertThat(words).as("errors in other words than Google's").isEmpty();
        assertThat(same).as("queries that gave the same rows").isGreaterThanOrEqualTo(150);
    }

    /**
     * Whether two errors say the same. Held to it is what happens while a query runs, which Google's engine tells without a place; what is
     * outside the subset is said in words of our own.
     */
    private static boolean sameWords(String ours, String google) {
        String micros = google.replace(" (scale TIMESTAMP_NANOSECOND)", "");
        return google.contains(" [at ")
                || ours.startsWith("Unsupported: ")
                || ours.equals(BIGQUERYS.getOrDefault(micros, micros));
    }

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        for (String paragraph : resource("sql/corpus.sql").split("\n\\s*\n", -1)) {
            String query = paragraph
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .reduce("", (a, b) -> a + "\n" + b)
                    .strip();
            if (!query.isEmpty()) {
                queries.add(query);
            }
        }
        return queries;
    }

    static String resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(OracleTest.class.getClassLoader().getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
