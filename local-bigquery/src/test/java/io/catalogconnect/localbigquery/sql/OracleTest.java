package io.catalogconnect.localbigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localbigquery.TextCases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares each query of {@code sql/corpus.sql} with Google's own engine. local-bigquery must return the same rows or the same error. {@code
 * sql/refused.txt} lists the exceptions: queries that local-bigquery refuses although Google's engine answers them or refuses them with another
 * message, each with the message of local-bigquery. {@code -Doracle.print=true} prints this list.
 */
class OracleTest {

    /** Messages of this build of Google's engine, which counts in nanoseconds and picoseconds, and the message of BigQuery instead. */
    private static final Map<String, String> BIGQUERY_MESSAGES = Map.of(
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
    void everyQueryReturnsTheRowsOfGooglesEngineExceptTheListedRefusals() throws Exception {
        boolean runs = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        if (!runs) {
            System.err.println(
                    "SKIPPED: GoogleSQL's own engine runs on Linux x86_64 only; " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " has no oracle for the SQL of local-bigquery");
        }
        Assumptions.assumeTrue(runs, "GoogleSQL's own engine runs on Linux x86_64 only");
        List<String> queries = TextCases.paragraphs("sql/corpus.sql", "--");
        List<String> differences = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (LocalEngine ours = new LocalEngine(directory)) {
            ZetaSqlEngine google = new ZetaSqlEngine();
            for (String name : List.of("product", "brand", "event")) {
                String rows = TextCases.read("sql/" + name + ".sql");
                google.table(name, rows);
                ours.table(name, rows);
            }
            for (String query : queries) {
                boolean ordered = query.toUpperCase(Locale.ROOT).matches("(?s).*ORDER BY[^)]*");
                Answer expected =
                        ordered ? google.ask(query) : google.ask(query).sorted();
                Answer actual = ordered ? ours.ask(query) : ours.ask(query).sorted();
                if (isRefused(actual, expected)) {
                    refused.add(query + "\n" + actual.error().replace("\n", "\\n"));
                } else if (!expected.failed() || !actual.failed()) {
                    if (!expected.equals(actual)) {
                        differences.add(query + "\n   ours:   " + actual + "\n   google: " + expected);
                    }
                } else if (!actual.error().equals(bigQueryMessage(expected))) {
                    differences.add(query + "\n   ours:   " + actual.error() + "\n   google: " + expected.error());
                }
            }
        }
        if (Boolean.getBoolean("oracle.print")) {
            System.out.println(String.join("\n\n", refused));
        }
        assertThat(queries).hasSizeGreaterThan(refused.size()).doesNotHaveDuplicates();
        assertThat(differences).isEmpty();
        assertThat(refused).containsExactlyElementsOf(TextCases.paragraphs("sql/refused.txt", "#"));
    }

    /**
     * Returns whether local-bigquery refuses a query that Google's engine answers, or that Google's engine refuses before it runs. The messages
     * of the latter carry a position and differ. All other errors occur while a query runs, and must have the same message.
     */
    private static boolean isRefused(Answer ours, Answer google) {
        return ours.failed()
                && (!google.failed()
                        || google.error().contains(" [at ")
                        || ours.error().startsWith("Unsupported: "));
    }

    private static String bigQueryMessage(Answer google) {
        String micros = google.error().replace(" (scale TIMESTAMP_NANOSECOND)", "");
        return BIGQUERY_MESSAGES.getOrDefault(micros, micros);
    }
}
