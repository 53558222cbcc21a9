package io.catalogconnect.transforms.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of rules that validation refuses, each with the column and the problem. */
final class NeverRightTest {
    private static final DeclaredFields FIELDS =
            DeclaredFields.parse("brand:string, image:string?, year_release:int64, price:float64, catalog_date:date");

    /** The column of the mistake (0 for a valid condition), the problem ("ok" for a valid condition), and the condition. */
    record Row(int column, String problem, String condition) {}

    static List<Row> neverRight() throws IOException {
        return rows("never-right.txt");
    }

    static List<Row> mistakes() throws IOException {
        return rows("mistakes.txt");
    }

    private static List<Row> rows(String table) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                NeverRightTest.class.getResourceAsStream("/io/catalogconnect/transforms/" + table))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("# "))
                    .map(line -> line.split(" \\| ", 3))
                    .map(cells -> new Row(Integer.parseInt(cells[0]), cells[1], cells[2]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource({"neverRight", "mistakes"})
    void mistakeIsRefusedWithItsPlaceAndReason(Row row) {
        assertThat(result(row.condition())).isEqualTo(row);
    }

    private static Row result(String condition) {
        try {
            Condition.of(ConditionText.whole("rule", condition), FIELDS);
            return new Row(0, "ok", condition);
        } catch (ConditionSyntaxException e) {
            return new Row(e.column(), e.problem(), condition);
        }
    }
}
