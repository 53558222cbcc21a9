package io.catalogconnect.localbigquery.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArrowBodyTest {

    /** The buffers of a column in hexadecimal, separated by a space; {@code -} is an empty buffer. */
    private static String buffers(ArrowBody body) {
        byte[] bytes = body.bytes();
        return body.buffers().stream()
                .map(range -> range.length() == 0
                        ? "-"
                        : HexFormat.of().formatHex(Arrays.copyOfRange(bytes, (int) range.offset(), (int)
                                (range.offset() + range.length()))))
                .collect(Collectors.joining(" "));
    }

    private static ArrowBody body(TableFieldSchema field, String values) {
        List<JsonElement> list = new ArrayList<>();
        JsonParser.parseString(values).getAsJsonArray().forEach(list::add);
        ArrowBody body = new ArrowBody();
        body.add(field, list);
        return body;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTEGER    | [1, -2]                | - 0100000000000000feffffffffffffff",
                "INTEGER    | [null, 1]              | 02 00000000000000000100000000000000",
                "FLOAT      | ['1.5']                | - 000000000000f83f",
                "BOOLEAN    | [true, null, true]     | 05 05",
                "STRING     | ['a', null, 'ä']       | 05 00000000010000000100000003000000 61c3a4",
                "JSON       | ['{}']                 | - 0000000002000000 7b7d",
                "BYTES      | ['AP8=']               | - 0000000002000000 00ff",
                "DATE       | ['1969-12-31']         | - ffffffff",
                "TIME       | ['00:00:01']           | - 40420f0000000000",
                "TIMESTAMP  | [-1]                   | - ffffffffffffffff",
                "DATETIME   | [256]                  | - 0001000000000000",
                "NUMERIC    | ['-1.5']               | - 00d197a6ffffffffffffffffffffffff",
                "BIGNUMERIC | ['1']                  | - 000000004022"
                        + "8a097ac4865aa84c3b4b00000000000000000000000000000000"
            })
    void valuesAreLittleEndian(String type, String values, String expected) {
        assertThat(buffers(body(new TableFieldSchema().setType(type), values.replace('\'', '"'))))
                .isEqualTo(expected);
    }

    @Test
    void listsHaveOffsetsAndTheirElements() {
        TableFieldSchema field = new TableFieldSchema().setType("INTEGER").setMode("REPEATED");

        ArrowBody body = body(field, "[[1], null, [2, 3]]");

        assertThat(body.nodes()).containsExactly(new ArrowBody.Node(3, 0), new ArrowBody.Node(3, 0));
        assertThat(buffers(body))
                .isEqualTo("- 00000000010000000100000003000000 - 010000000000000002000000000000000300000000000000");
    }

    @Test
    void structsHaveTheirFieldsAfterThem() {
        TableFieldSchema field = new TableFieldSchema()
                .setType("RECORD")
                .setFields(List.of(new TableFieldSchema().setType("DATE"), new TableFieldSchema().setType("STRING")));

        ArrowBody body = body(field, "[null, ['1970-01-02', null]]".replace('\'', '"'));

        assertThat(body.nodes())
                .containsExactly(new ArrowBody.Node(2, 1), new ArrowBody.Node(2, 1), new ArrowBody.Node(2, 2));
        assertThat(buffers(body)).isEqualTo("02 02 0000000001000000 00 000000000000000000000000 -");
        assertThat(body.bytes().length % 8).isZero();
    }
}
