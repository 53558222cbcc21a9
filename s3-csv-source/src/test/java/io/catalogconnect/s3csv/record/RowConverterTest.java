package io.catalogconnect.s3csv.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class RowConverterTest {

    private static final LocalDate DAY = LocalDate.parse("2026-01-31");

    @ParameterizedTest(name = "{0} of {1}")
    @CsvFileSource(resources = "/types.csv", numLinesToSkip = 1, delimiter = '\t')
    void cellIsParsedByItsTypeOrMalformed(String type, String cell, String expected) throws DamagedObjectException {
        RowConverter converter = converter("c:" + type, RowPolicy.STRICT, List.of("c"));

        RowResult result = converter.convert(List.of(cell));

        if (expected.startsWith("bad: ")) {
            assertThat(result).isEqualTo(RowResult.malformed("c", expected.substring(5)));
        } else {
            Object value = value(result).get("c");
            assertThat(text(value)).isEqualTo(expected);
        }
    }

    private static String text(Object value) {
        if (value instanceof java.util.Date date) {
            return date.toInstant().toString();
        }
        return value instanceof byte[] bytes
                ? ByteBuffer.wrap(bytes).asIntBuffer().get() + ""
                : value.toString();
    }

    @Test
    void emptyCellOfANullableColumnIsNull() throws DamagedObjectException {
        RowConverter converter = converter("a:string,b:string?,c:int64?", RowPolicy.STRICT, List.of("a", "b", "c"));

        Struct value = value(converter.convert(List.of("", "", "")));

        assertThat(value.get("a")).isEqualTo("");
        assertThat(value.get("b")).isNull();
        assertThat(value.get("c")).isNull();
    }

    @Test
    void emptyCellOfARequiredNumberIsMalformed() throws DamagedObjectException {
        assertThat(converter("a:int64", RowPolicy.STRICT, List.of("a")).convert(List.of("")))
                .isEqualTo(RowResult.malformed(
                        "a",
                        "a is empty, but the column is not nullable (declare the column with ? to read it as null)"));
    }

    @Test
    void someCellsMeanNullAndBlanksCanGo() throws DamagedObjectException {
        RowPolicy policy = new RowPolicy(false, false, false, false, true, List.of("NULL", "n/a"), false, false, false);
        RowConverter converter = converter("a:string?,b:int64?,c:int64", policy, List.of("a", "b", "c"));

        Struct value = value(converter.convert(List.of(" NULL ", "n/a", " 7 ")));

        assertThat(value.get("a")).isNull();
        assertThat(value.get("b")).isNull();
        assertThat(value.get("c")).isEqualTo(7L);
        assertThat(converter.convert(List.of("x", "1", "NULL")))
                .isEqualTo(RowResult.malformed(
                        "c",
                        "c is 'NULL', but the column is not nullable (declare the column with ? to read it as null)"));
    }

    @Test
    void raggedRowsAreBadOrNot() throws DamagedObjectException {
        List<String> header = List.of("a", "b", "x");
        RowConverter strict = converter("a:string,b:int64?", RowPolicy.STRICT, header);
        assertThat(strict.convert(List.of("1", "2")))
                .isEqualTo(RowResult.malformed(
                        "", "it has 2 cells instead of 3 (rows.short=null reads missing nullable columns as null)"));
        assertThat(strict.convert(List.of("1", "2", "3", "4")))
                .isEqualTo(
                        RowResult.malformed(
                                "",
                                "it has 4 cells instead of 3 (rows.long=cut drops the cells after the last column; a delimiter within a cell needs quotes or csv.escape)"));

        RowConverter lenient = converter(
                "a:string,b:int64?",
                new RowPolicy(false, false, true, true, false, List.of(), false, false, false),
                header);
        assertThat(value(lenient.convert(List.of("1"))).get("b")).isNull();
        assertThat(value(lenient.convert(List.of("1", "2", "3", "4"))).get("b")).isEqualTo(2L);
    }

    @Test
    void missingColumnCanBeNull() throws DamagedObjectException {
        RowPolicy policy = new RowPolicy(true, false, false, false, false, List.of(), false, false, false);

        assertThat(value(converter("a:string,b:int64?", policy, List.of("a")).convert(List.of("1")))
                        .get("b"))
                .isNull();
        assertThatThrownBy(() -> converter("a:string,b:int64", policy, List.of("a")))
                .hasMessage(
                        "the header has no column 'b', only a. Correct the file, or make the column nullable (?) and"
                                + " set columns.missing=null");
        assertThatThrownBy(() -> converter("a:string,b:int64?", RowPolicy.STRICT, List.of("a")))
                .hasMessage(
                        "the header has no column 'b', only a. Set columns.missing=null to read it as null, or remove"
                                + " it from columns");
    }

    @Test
    void headersThatDoNotFitAreRefused() {
        RowPolicy policy = new RowPolicy(false, true, false, false, false, List.of(), false, false, false);

        assertThatThrownBy(() -> converter("a:string", policy, List.of("a", "b")))
                .hasMessage("the header contains the column 'b', which is not declared. Declare it in columns, or set"
                        + " columns.extra=ignore");
        assertThatThrownBy(() -> converter("a:string", RowPolicy.STRICT, List.of("a", "a")))
                .hasMessage("the header contains the column 'a' twice, at positions 1 and 2. Correct the file");
    }

    @Test
    void longCellIsShortenedInMessages() throws DamagedObjectException {
        String cell = "😀".repeat(50);

        assertThat(converter("a:int64", RowPolicy.STRICT, List.of("a")).convert(List.of(cell)))
                .isEqualTo(
                        RowResult.malformed("a", "a is '" + "😀".repeat(32) + "...' (100 characters), not an int64"));
    }

    private static RowConverter converter(String columns, RowPolicy policy, List<String> header)
            throws DamagedObjectException {
        return new RowConverter(
                RowSchema.of("Row", ColumnParser.parse(columns), null), policy, new ArrayList<>(header), DAY, true);
    }

    private static Struct value(RowResult result) {
        Struct value = Objects.requireNonNull(result.value(), result::toString);
        value.validate();
        return value;
    }
}
