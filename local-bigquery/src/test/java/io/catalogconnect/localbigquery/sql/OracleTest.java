package io.catalogconnect.localbigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of {@code sql/corpus.sql} gives what Google's own engine gives, or is refused. */
class OracleTest {

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
        assertThat(same).as("queries that gave the same rows").isGreaterThanOrEqualTo(150);
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
