package io.catalogconnect.transforms.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of what a condition says; the same table is in the documentation. */
final class SemanticsTest {
    private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)\\|");

    record Row(String field, String condition, String inStruct, String inMap) {}

    static List<Row> table() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                SemanticsTest.class.getResourceAsStream("/io/catalogconnect/transforms/semantics.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2)
                    .map(SemanticsTest::row)
                    .toList();
        }
    }

    private static Row row(String line) {
        List<String> cells =
                Stream.of(CELL_BORDER.split(line, -1)).map(String::strip).toList();
        String condition = cells.get(2).replace("\\|", "|");
        return new Row(cells.get(1), condition.substring(1, condition.length() - 1), cells.get(3), cells.get(4));
    }

    @ParameterizedTest
    @MethodSource("table")
    void conditionAnswersAsTheTableStates(Row row) {
        Condition condition = Condition.of(ConditionText.whole("rule", row.condition()));
        FieldValue field = FieldValue.parse(row.field());
        assertThat(answer(condition, field.recordOfStruct())).as("in a Struct").isEqualTo(row.inStruct());
        assertThat(answer(condition, field.recordOfMap())).as("in a Map").isEqualTo(row.inMap());
    }

    static String answer(Condition condition, SourceRecord record) {
        Verdict verdict = condition.evaluate(record);
        return switch (verdict.kind()) {
            case MATCH -> "true";
            case NO_MATCH -> "false";
            case NULL, MISSING, ERROR -> verdict.kind().name().toLowerCase(Locale.ROOT);
        };
    }
}
