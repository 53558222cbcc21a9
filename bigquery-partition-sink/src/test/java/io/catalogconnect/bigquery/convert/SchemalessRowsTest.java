package io.catalogconnect.bigquery.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnNaming;
import io.catalogconnect.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemalessRowsTest {

    private final SchemalessRows rows = new SchemalessRows(ColumnNaming.ASCII);

    @Test
    void everyTypeOfValueGetsAnOptionalField() {
        Map<String, Object> value = new HashMap<>();
        value.put("text", "x");
        value.put("whole", (short) 7);
        value.put("real", new BigDecimal("0.5"));
        value.put("flag", true);
        value.put("bytes", new byte[] {1});
        value.put("nested", Map.of("a", 1));
        value.put("list", List.of(Map.of("a", 1), Map.of("b", "y")));
        value.put("nothing", null);
        value.put("empty", List.of());
        Struct struct = kept("t", value);

        assertThat(struct.schema().fields())
                .hasSize(7)
                .allSatisfy(field -> assertThat(field.schema().isOptional()).isTrue());
        assertThat(struct.schema().field("nothing")).isNull();
        assertThat(struct.schema().field("empty")).isNull();
        assertThat(struct.get("whole")).isEqualTo(7L);
        assertThat(struct.get("real")).isEqualTo(0.5);
        assertThat(struct.getStruct("nested").get("a")).isEqualTo(1L);
        List<Struct> list = struct.getArray("list");
        assertThat(list.get(0).get("a")).isEqualTo(1L);
        assertThat(list.get(0).get("b")).isNull();
        assertThat(list.get(1).get("b")).isEqualTo("y");
    }

    @Test
    void recordsWithoutNewFieldsShareTheSchema() {
        Schema first = kept("t", Map.of("a", 1, "b", "x")).schema();

        assertThat(kept("t", Map.of("b", "y")).schema()).isSameAs(first);
        assertThat(kept("t", Map.of("c", 1)).schema().fields()).hasSize(3);
        assertThat(kept("other", Map.of("c", 1)).schema().fields()).hasSize(1);
    }

    @Test
    void schemaThatIsNotKeptDoesNotAffectOtherRecords() {
        kept("t", Map.of("a", 1));
        rows.struct("t", Map.of("typo", 1));

        assertThat(kept("t", Map.of("a", 2)).schema().fields()).hasSize(1);
    }

    /** Every order of the same values has the same columns. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10;10.5     | ''      | FLOAT64 | 10.0;10.5
            10.5;10     | ''      | FLOAT64 | 10.5;10.0
            10;10.0     | ''      | FLOAT64 | 10.0;10.0
            10;11       | ''      | INT64   | 10;11
            10;11       | FLOAT64 | FLOAT64 | 10.0;11.0
            10.5;10     | FLOAT64 | FLOAT64 | 10.5;10.0
            10;10.0     | INT64   | INT64   | 10;10
            10.0        | INT64   | INT64   | 10
            """)
    void typeOfANumberDependsOnTheColumnOrElseOnAllWaitingRecords(
            String numbers, String column, Schema.Type type, String written) {
        List<Map<String, Object>> waiting =
                Stream.of(numbers.split(";")).map(SchemalessRowsTest::nested).toList();
        rows.learn("t", column(column), waiting);

        for (String path : List.of("n", "s.n", "l.n")) {
            assertThat(waiting.stream()
                            .map(value -> number(kept("t", value), path))
                            .map(String::valueOf))
                    .as(path)
                    .containsExactly(written.split(";"));
        }
        assertThat(kept("t", waiting.get(0)).schema().field("n").schema().type())
                .isEqualTo(type);
    }

    /** A value in each kind of field. */
    private static Map<String, Object> nested(String number) {
        Object n = number.contains(".") ? (Object) Double.valueOf(number) : Long.valueOf(number);
        return Map.of("n", n, "s", Map.of("n", n), "l", List.of(Map.of("n", n)));
    }

    private static Optional<List<Column>> column(String type) {
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Column n = Column.of("N", ColumnType.valueOf(type), Column.Mode.NULLABLE);
        return Optional.of(List.of(
                n,
                new Column("s", ColumnType.STRUCT, Column.Mode.NULLABLE, List.of(n)),
                new Column("l", ColumnType.STRUCT, Column.Mode.REPEATED, List.of(n))));
    }

    private static Object number(Struct struct, String path) {
        return switch (path) {
            case "n" -> struct.get("n");
            case "s.n" -> struct.getStruct("s").get("n");
            default -> struct.<Struct>getArray("l").get(0).get("n");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.5", "1e300", "NaN", "9007199254740994.0"})
    void fractionInAnIntegerColumnIsRefusedWithAFix(String number) {
        kept("t", Map.of("n", 1L));
        Map<String, Object> value = Map.of("n", Double.valueOf(number));

        assertThat(rows.covers("t", value)).isFalse();
        refused(
                value,
                "field 'n' has a fraction, and its column is INT64. Change the column with ALTER TABLE ... ALTER COLUMN ..."
                        + " SET DATA TYPE FLOAT64 and restart the task, or use records with a schema.");
        rows.learn("t", column("FLOAT64"), List.of(value));
        assertThat(kept("t", value).get("n")).isEqualTo(Double.valueOf(number));
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740992,true",
        "9007199254740993,false",
        "9007199254740994,true",
        "9223372036854775807,false",
        "-9223372036854775808,true",
        "-9007199254740993,false"
    })
    void integerThatAFloatColumnWouldRoundIsRefused(long number, boolean exact) {
        rows.learn("t", column("FLOAT64"), List.of());
        if (exact) {
            assertThat(kept("t", Map.of("n", number)).getFloat64("n")).isEqualTo((double) number);
        } else {
            refused(
                    Map.of("n", number),
                    "field 'n' has an integer with too many digits for its column, which is FLOAT64. Use records with a"
                            + " schema, or send it as text.");
        }
    }

    @Test
    void fieldThatChangesItsTypeIsRefused() {
        kept("t", Map.of("a", "x", "n", 1));

        refused(
                Map.of("a", 1),
                "field 'a' was STRING in earlier records and is INT64. Use records with a schema, or cast the field with a"
                        + " transformation.");
        refused(
                Map.of("n", "x"),
                "field 'n' was INT64 in earlier records and is STRING. Use records with a schema, or cast the field with a"
                        + " transformation.");
    }

    @Test
    void recordIsCoveredIfItNeedsNoNewColumn() {
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("unknown", null);
        nulls.put("empty", List.of());
        assertThat(rows.covers("t", Map.of("a", 1))).isFalse();
        kept("t", nested("1"));

        assertThat(rows.covers("t", nested("2"))).isTrue();
        assertThat(rows.covers("t", nulls)).isTrue();
        assertThat(rows.covers("t", Map.of("s", Map.of("m", 1)))).isFalse();
        assertThat(rows.covers("t", Map.of("l", Arrays.asList(1L, null)))).isFalse();
        assertThat(rows.covers("t", Map.of(7, 1))).isFalse();
        assertThat(rows.covers("t", "text")).isFalse();
    }

    /** A record whose schema becomes the table's. */
    private Struct kept(String table, Map<?, ?> value) {
        Struct struct = rows.struct(table, value);
        rows.keep(table, struct.schema());
        return struct;
    }

    @Test
    void valueWithoutAColumnTypeIsRefused() {
        refused(
                "text",
                "the record's value is a String without a schema; a row needs named fields. Use a converter that"
                        + " returns structs or maps.");
        refused(Map.of(), "the record has no fields");
        refused(Map.of("a", Map.of()), "field 'a' has no fields");
        refused(Map.of(7, "x"), "field '' has a field name that is not text");
        refused(Map.of("a", new Object()), "field 'a' is a java.lang.Object, which has no column type");
        refused(Map.of("a", Arrays.asList("x", null)), "field 'a' has a null element");
    }

    private void refused(Object value, String message) {
        assertThatThrownBy(() -> rows.struct("t", value))
                .isInstanceOf(ConversionException.class)
                .hasMessage(message);
    }
}
