package io.catalogconnect.transforms.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The language against facts of CEL's conformance tests; what the language refuses is pinned. */
final class CelConformanceTest {
    /** CEL's result, the language's, and the condition. */
    record Row(String cel, String here, String condition) {}

    static List<Row> table() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                CelConformanceTest.class.getResourceAsStream("/io/catalogconnect/transforms/cel-conformance.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(line -> line.split(" \\| ", 3))
                    .map(cells -> new Row(cells[0], cells[1], cells[2]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void conditionHasTheResultOfCelOrIsRefused(Row row) {
        assertThat(result(row.condition())).isEqualTo(row.here());
    }

    @Test
    void everyResultIsTheResultOfCelUnlessRefused() throws IOException {
        List<Row> table = table();
        assertThat(table).hasSizeGreaterThan(200);
        assertThat(table)
                .filteredOn(row -> !row.here().equals("refused"))
                .hasSizeGreaterThan(170)
                .allSatisfy(row -> assertThat(row.here()).as(row.condition()).isEqualTo(row.cel()));
    }

    private static String result(String text) {
        SourceRecord record = FieldValue.record(null, null);
        try {
            return SemanticsTest.answer(Condition.of(ConditionText.whole("rule", text)), record);
        } catch (ConditionSyntaxException e) {
            return "refused";
        }
    }
}
