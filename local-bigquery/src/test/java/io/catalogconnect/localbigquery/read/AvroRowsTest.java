package io.catalogconnect.localbigquery.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of every type and mode, as Avro's own reader reads them. */
final class AvroRowsTest {

    private static TableFieldSchema field(String name, String type, String mode) {
        TableFieldSchema field =
                new TableFieldSchema().setName(name).setType(type).setMode(mode);
        return type.equals("RECORD")
                ? field.setFields(List.of(
                        new TableFieldSchema().setName("x").setType("INTEGER"),
                        new TableFieldSchema().setName("l").setType("STRING").setMode("REPEATED")))
                : field;
    }

    private static String text(Object value) {
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return HexFormat.of().formatHex(copy);
        }
        return value instanceof List<?> list
                ? list.stream().map(AvroRowsTest::text).toList().toString()
                : String.valueOf(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "STRING     | 'ä'                       | 'string'                                               | ä",
                "BYTES      | 'AP8='                    | 'bytes'                                                | 00ff",
                "INTEGER    | -9223372036854775808      | 'long'                                                 | -9223372036854775808",
                "FLOAT      | 'NaN'                     | 'double'                                               | NaN",
                "FLOAT      | -1.5                      | 'double'                                               | -1.5",
                "BOOLEAN    | false                     | 'boolean'                                              | false",
                "NUMERIC    | '-1.5'                    | {'type':'bytes','logicalType':'decimal','precision':38,'scale':9} | a697d100",
                "NUMERIC    | '99999999999999999999999999999.999999999' | {'type':'bytes','logicalType':'decimal','precision':38,'scale':9}"
                        + " | 4b3b4ca85a86c47a098a223fffffffff",
                "BIGNUMERIC | '0.00000000000000000000000000000000000001' | {'type':'bytes','logicalType':'decimal','precision':77,'scale':38} | 01",
                "DATE       | '0001-01-01'              | {'type':'int','logicalType':'date'}                    | -719162",
                "TIME       | '23:59:59.999999'         | {'type':'long','logicalType':'time-micros'}            | 86399999999",
                "TIMESTAMP  | 253402300799999999        | {'type':'long','logicalType':'timestamp-micros'}       | 253402300799999999",
                "DATETIME   | 1                         | {'type':'string','logicalType':'datetime'}             | 1970-01-01T00:00:00.000001",
                "JSON       | '{}'                      | {'type':'string','sqlType':'JSON'}                     | {}",
                "GEOGRAPHY  | 'POINT(1 2)'              | {'type':'string','sqlType':'GEOGRAPHY'}                | POINT(1 2)",
                "RECORD     | [1, ['a', 'b']]           | TYPE | {\"x\": 1, \"l\": [\"a\", \"b\"]}",
                "RECORD     | [null, []]                | TYPE | {\"x\": null, \"l\": []}"
            })
    void valueIsReadInEveryMode(String type, String value, String avroType, String expected) throws IOException {
        AvroRows rows = new AvroRows(List.of(
                field("a", type, "NULLABLE"),
                field("b", type, "NULLABLE"),
                field("c", type, "REPEATED"),
                field("d", type, "REPEATED"),
                field("e", type, "REQUIRED")));
        String json = value.replace('\'', '"');
        JsonArray row = JsonParser.parseString("[" + json + ", null, [" + json + ", " + json + "], [], " + json + "]")
                .getAsJsonArray();
        ReadRowsResponse.Builder response = ReadRowsResponse.newBuilder();
        rows.encode(List.of(row), response);
        rows.describe(response);

        String schema = response.getAvroSchema().getSchema();
        if (!avroType.equals("TYPE")) {
            assertThat(schema)
                    .contains("{\"name\":\"a\",\"type\":[\"null\"," + avroType.replace('\'', '"') + "]}")
                    .contains("{\"name\":\"c\",\"type\":{\"type\":\"array\",\"items\":" + avroType.replace('\'', '"')
                            + "}}")
                    .contains("{\"name\":\"e\",\"type\":" + avroType.replace('\'', '"') + "}");
        }
        BinaryDecoder decoder = DecoderFactory.get()
                .binaryDecoder(response.getAvroRows().getSerializedBinaryRows().toByteArray(), null);
        GenericRecord read =
                new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(schema)).read(null, decoder);
        assertThat(decoder.isEnd()).isTrue();
        assertThat(text(read.get("a"))).isEqualTo(expected);
        assertThat(read.get("b")).isNull();
        assertThat(text(read.get("c"))).isEqualTo("[" + expected + ", " + expected + "]");
        assertThat(text(read.get("d"))).isEqualTo("[]");
        assertThat(text(read.get("e"))).isEqualTo(expected);
    }
}
