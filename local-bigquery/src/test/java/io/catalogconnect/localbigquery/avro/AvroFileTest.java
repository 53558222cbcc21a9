package io.catalogconnect.localbigquery.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.TextCases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Avro's own writer has written, and files that no writer writes. */
class AvroFileTest {

    private static final String LONGS = fields("{'name': 'n', 'type': 'long'}");
    private static final String DATA = "The Apache Avro library failed to read data with the following error: ";
    private static final String HEADER =
            "The Apache Avro library failed to parse the header with the following error: ";
    private static final byte[] SYNC = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private static String fields(String fields) {
        return ("{'type': 'record', 'name': 'R', 'fields': [" + fields + "]}").replace('\'', '"');
    }

    private AvroFile open(byte[] content, boolean logicalTypes) throws IOException {
        return AvroFile.open(Files.write(Files.createTempFile(folder, "rows", ".avro"), content), logicalTypes);
    }

    private List<String> rows(byte[] content) throws IOException {
        try (AvroFile file = open(content, true)) {
            List<String> rows = new ArrayList<>();
            file.forEachRemaining(row -> rows.add(text(Arrays.asList(row))));
            return rows;
        }
    }

    /** The elements of a list, also inside of structs and lists. */
    private static String text(List<?> values) {
        return values.stream()
                .map(value -> value instanceof Object[] struct
                        ? text(Arrays.asList(struct))
                        : value instanceof List<?> list ? text(list) : String.valueOf(value))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** The bytes of Avro's encoding of a long. */
    private static byte[] number(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Stream.of(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return join(number(bytes.length), bytes);
    }

    private static byte[] header(String schema, String codec) {
        return join(
                new byte[] {'O', 'b', 'j', 1},
                number(2),
                text("avro.schema"),
                text(schema),
                text("avro.codec"),
                text(codec),
                number(0),
                SYNC);
    }

    private static byte[] block(long rows, byte[] content) {
        return join(number(rows), number(content.length), content, SYNC);
    }

    /** A file with one block. */
    private static byte[] file(String schema, long rows, byte[]... content) {
        return join(header(schema, "null"), block(rows, join(content)));
    }

    private static byte[] deflated(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true))) {
            deflater.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String columns(List<TableFieldSchema> fields) {
        return fields.stream()
                .map(field -> field.getName() + " " + field.getType()
                        + (field.getFields() == null ? "" : "(" + columns(field.getFields()) + ")")
                        + switch (field.getMode()) {
                            case "NULLABLE" -> "?";
                            case "REPEATED" -> "*";
                            default -> "";
                        })
                .collect(Collectors.joining(", "));
    }

    private String columns(String schema, boolean logicalTypes) throws IOException {
        try (AvroFile file = open(header(schema, "null"), logicalTypes)) {
            return columns(file.fields());
        } catch (AvroException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Stream<Arguments> schemas() {
        return TextCases.pairs("avro/schemas.txt");
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void fieldsBecomeColumns(String fields, String expected) throws IOException {
        String[] both = expected.split(" \\| ", -1);

        assertThat(columns(fields(fields), true)).isEqualTo(both[0]);
        assertThat(columns(fields(fields), false)).isEqualTo(both[both.length - 1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate"})
    void rowsOfAvrosOwnWriterAreRead(String codec) throws IOException {
        Schema schema = new Schema.Parser()
                .parse(
                        fields(
                                "{'name': 'n', 'type': ['null', 'long']}, {'name': 's', 'type': 'string'}, {'name': 'b', 'type': 'boolean'},"
                                        + " {'name': 'f', 'type': 'float'}, {'name': 'd', 'type': 'double'}, {'name': 'i', 'type': 'int'},"
                                        + " {'name': 'nothing', 'type': 'null'}, {'name': 'e', 'type': {'type': 'enum', 'name': 'E', 'symbols': ['X', 'Y']}},"
                                        + " {'name': 'l', 'type': {'type': 'array', 'items': 'int'}}, {'name': 'm', 'type': {'type': 'map', 'values': 'long'}}"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.fromString(codec))
                    .setSyncInterval(1000)
                    .create(schema, out);
            for (int i = 0; i < 500; i++) {
                GenericRecord row = new GenericData.Record(schema);
                row.put("n", i == 0 ? null : Long.MIN_VALUE);
                row.put("s", "ä" + i);
                row.put("b", true);
                row.put("f", 1.5f);
                row.put("d", -0.5);
                row.put("i", -i);
                row.put("e", new GenericData.EnumSymbol(schema.getField("e").schema(), "Y"));
                row.put("l", List.of(1, 2));
                row.put("m", Collections.singletonMap("k", 3L));
                writer.append(row);
            }
        }

        assertThat(rows(out.toByteArray()))
                .hasSize(500)
                .startsWith("[null, ä0, true, 1.5, -0.5, 0, Y, [1, 2], [[k, 3]]]")
                .endsWith("[-9223372036854775808, ä499, true, 1.5, -0.5, -499, Y, [1, 2], [[k, 3]]]");
    }

    @Test
    void logicalTypesBecomeJavaTypes() throws IOException {
        String schema = fields(
                "{'name': 'd', 'type': {'type': 'int', 'logicalType': 'date'}}, {'name': 'tm', 'type': {'type': 'int', 'logicalType': 'time-millis'}},"
                        + " {'name': 'tu', 'type': {'type': 'long', 'logicalType': 'time-micros'}},"
                        + " {'name': 'sm', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}},"
                        + " {'name': 'su', 'type': {'type': 'long', 'logicalType': 'timestamp-micros'}},"
                        + " {'name': 'lm', 'type': {'type': 'long', 'logicalType': 'local-timestamp-millis'}},"
                        + " {'name': 'lu', 'type': {'type': 'long', 'logicalType': 'local-timestamp-micros'}},"
                        + " {'name': 'dt', 'type': {'type': 'string', 'logicalType': 'datetime'}},"
                        + " {'name': 'num', 'type': {'type': 'bytes', 'logicalType': 'decimal', 'precision': 10, 'scale': 2}},"
                        + " {'name': 'fix', 'type': {'type': 'fixed', 'name': 'F', 'size': 2, 'logicalType': 'decimal', 'precision': 4, 'scale': 1}}");

        assertThat(rows(file(
                        schema,
                        1,
                        number(-1),
                        number(86_399_999),
                        number(1_000_001),
                        number(-1),
                        number(1),
                        number(0),
                        number(-1),
                        text("2024-01-31T12:00:00.5"),
                        number(1),
                        new byte[] {-106},
                        new byte[] {1, 0})))
                .containsExactly(
                        "[1969-12-31, 23:59:59.999, 00:00:01.000001, 1969-12-31T23:59:59.999Z, 1970-01-01T00:00:00.000001Z,"
                                + " 1970-01-01T00:00, 1969-12-31T23:59:59.999999, 2024-01-31T12:00:00.500, -1.06, 25.6]");
    }

    private static Stream<Arguments> invalidValues() {
        return Stream.of(
                Arguments.of(
                        "{'type': 'int', 'logicalType': 'date'}", number(-719_163), "The date -719163 is out of range"),
                Arguments.of(
                        "{'type': 'int', 'logicalType': 'date'}",
                        number(2_932_897),
                        "The date 2932897 is out of range"),
                Arguments.of(
                        "{'type': 'int', 'logicalType': 'time-millis'}",
                        number(86_400_000),
                        "The time 86400000 is out of range"),
                Arguments.of(
                        "{'type': 'long', 'logicalType': 'time-micros'}", number(-1), "The time -1 is out of range"),
                Arguments.of(
                        "{'type': 'long', 'logicalType': 'timestamp-micros'}",
                        number(253_402_300_800_000_000L),
                        "The timestamp 253402300800000000 is out of range"),
                Arguments.of(
                        "{'type': 'long', 'logicalType': 'timestamp-millis'}",
                        number(Long.MIN_VALUE),
                        "The timestamp -9223372036854775808 is out of range"),
                Arguments.of(
                        "{'type': 'string', 'logicalType': 'datetime'}", text("x"), "Could not parse 'x' as DATETIME"),
                Arguments.of(
                        "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 4}",
                        number(0),
                        "A decimal has 0 bytes"),
                Arguments.of(
                        "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 4}",
                        join(number(65), new byte[65]),
                        "A decimal has 65 bytes"),
                Arguments.of("'int'", number(1L << 31), "The number 2147483648 has more than 32 bits"),
                Arguments.of(
                        "'long'",
                        new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
                        "A number has more than 64 bits"),
                Arguments.of("'boolean'", new byte[] {2}, "The byte 2 is not a boolean"),
                Arguments.of("'double'", new byte[7], "EOF reached"),
                Arguments.of("'string'", new byte[] {2, -1}, "A string is not valid UTF-8"),
                Arguments.of("'bytes'", number(-1), "A value with the length -1 does not fit into its block"),
                Arguments.of(
                        "'bytes'",
                        number(1L << 40),
                        "A value with the length 1099511627776 does not fit into its block"),
                Arguments.of("['null', 'long']", number(2), "The union of field v has no type 2"),
                Arguments.of("['long']", number(-1), "The union of field v has no type -1"),
                Arguments.of(
                        "{'type': 'enum', 'name': 'E', 'symbols': ['X']}",
                        number(1),
                        "The enumeration of field v has no symbol 1"),
                Arguments.of(
                        "{'type': 'array', 'items': 'long'}",
                        number(1L << 40),
                        "An array has more elements than its block has bytes"),
                Arguments.of(
                        "{'type': 'array', 'items': 'long'}",
                        join(number(Long.MIN_VALUE), number(1)),
                        "An array has more elements than its block has bytes"),
                Arguments.of(
                        "{'type': 'array', 'items': 'boolean'}",
                        join(number(1_000_001), new byte[1_000_002]),
                        "A row has more than 1000000 values"),
                Arguments.of("'long'", new byte[] {0, 0}, "A block has more bytes than its rows"));
    }

    @ParameterizedTest
    @MethodSource("invalidValues")
    void invalidValueIsNamed(String type, byte[] value, String message) {
        String schema = fields("{'name': 'v', 'type': " + type + "}");

        assertThatThrownBy(() -> rows(file(schema, 1, value)))
                .isInstanceOf(AvroException.class)
                .hasMessage(DATA + message);
    }

    @Test
    void arrayMayHaveBlocksWithTheirSizes() throws IOException {
        String schema = fields("{'name': 'v', 'type': {'type': 'array', 'items': 'long'}}");

        assertThat(rows(file(schema, 1, number(-1), number(1), number(7), number(1), number(8), number(0))))
                .containsExactly("[[7, 8]]");
    }

    private static Stream<Arguments> damagedFiles() {
        byte[] good = file(LONGS, 1, number(7));
        byte[] otherSync = good.clone();
        otherSync[otherSync.length - 1]++;
        return Stream.of(
                Arguments.of(new byte[0], HEADER + "Invalid data file. Magic does not match"),
                Arguments.of(
                        "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8),
                        HEADER + "Invalid data file. Magic does not match"),
                Arguments.of(
                        Arrays.copyOf(good, 50), HEADER + "A value with the length 74 does not fit into its block"),
                Arguments.of(Arrays.copyOf(good, good.length - 1), DATA + "EOF reached"),
                Arguments.of(otherSync, DATA + "Sync mismatch"),
                Arguments.of(
                        join(header(LONGS, "null"), number(1), number((64L << 20) + 1)),
                        DATA + "A block has 1 rows and 67108865 bytes; the limit is 67108864 bytes"),
                Arguments.of(
                        join(header(LONGS, "null"), number(-1), number(1)),
                        DATA + "A block has -1 rows and 1 bytes; the limit is 67108864 bytes"),
                Arguments.of(file(LONGS, 1L << 40, number(7)), DATA + "A block has more rows than bytes"),
                Arguments.of(
                        join(header(LONGS, "deflate"), block(1, new byte[] {7, 7})),
                        DATA + "A compressed block is damaged: invalid block type"),
                Arguments.of(
                        join(header(LONGS, "deflate"), block(1, Arrays.copyOf(deflated(new byte[100]), 2))),
                        DATA + "A compressed block is incomplete"),
                Arguments.of(
                        join(header(LONGS, "deflate"), block(1, deflated(new byte[(64 << 20) + 1]))),
                        DATA + "A block has more than 67108864 bytes"),
                Arguments.of(
                        header(LONGS, "snappy"),
                        "Unsupported: local-bigquery reads Avro files without compression or with the codec deflate, not with snappy"),
                Arguments.of(header("\"long\"", "null"), "Unsupported: the schema of the Avro file is not a record"),
                Arguments.of(header("{", "null"), "The schema of the Avro file is invalid: it is not JSON"));
    }

    @ParameterizedTest
    @MethodSource("damagedFiles")
    void damageIsNamed(byte[] content, String message) {
        assertThatThrownBy(() -> rows(content))
                .isInstanceOf(AvroException.class)
                .hasMessage(message);
    }

    @Test
    void schemaWithTooManyOrTooDeepColumnsIsRefused() throws IOException {
        String wide = IntStream.range(0, 10_001)
                .mapToObj(i -> "{'name': 'c" + i + "', 'type': 'long'}")
                .collect(Collectors.joining(", "));
        // Each record has the one before it twice.
        String doubled =
                "{'name': 'r0', 'type': {'type': 'record', 'name': 'R0', 'fields': [{'name': 'n', 'type': 'long'}]}}, "
                        + IntStream.range(1, 14)
                                .mapToObj(i -> "{'name': 'r" + i + "', 'type': {'type': 'record', 'name': 'R" + i
                                        + "', 'fields': [{'name': 'a', 'type': 'R" + (i - 1)
                                        + "'}, {'name': 'b', 'type': 'R"
                                        + (i - 1) + "'}]}}")
                                .collect(Collectors.joining(", "));
        String deep = "'long'";
        for (int i = 0; i < 15; i++) {
            deep = "{'type': 'record', 'name': 'R" + i + "', 'fields': [{'name': 'x', 'type': " + deep + "}]}";
        }

        assertThat(columns(fields(wide), true))
                .isEqualTo("Too many total leaf fields: 10001, max allowed field count: 10000");
        assertThat(columns(fields(doubled), true)).startsWith("Too many total leaf fields: ");
        assertThat(columns(fields("{'name': 'a', 'type': " + deep + "}"), true))
                .isEqualTo("Field  is nested too deeply. The limit is 15 levels");
    }

    @Test
    void everyDamagedFileIsRefusedOrRead() throws IOException {
        byte[] good = file(
                fields("{'name': 'n', 'type': ['null', 'long']}, {'name': 's', 'type': 'string'}"),
                2,
                number(1),
                number(7),
                text("a"),
                number(0),
                text("b"));
        Random random = new Random(7);
        Path path = folder.resolve("damaged.avro");
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] damaged = good.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(path, damaged);
            try (AvroFile file = AvroFile.open(path, true)) {
                file.forEachRemaining(row -> {});
            } catch (AvroException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(300, 999);
    }
}
