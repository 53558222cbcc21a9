package io.catalogconnect.bigquery.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.cloud.bigquery.storage.v1.CivilTimeEncoder;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.Column.Mode;
import io.catalogconnect.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SchemaConverterTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:34:56.789Z");

    @Test
    void everyScalarIsConvertedToItsColumnAndBytes() {
        expect(Schema.INT8_SCHEMA, (byte) -8, ColumnType.INT64, -8L);
        expect(Schema.INT16_SCHEMA, (short) 16, ColumnType.INT64, 16L);
        expect(Schema.INT32_SCHEMA, -32, ColumnType.INT64, -32L);
        expect(Schema.INT64_SCHEMA, Long.MIN_VALUE, ColumnType.INT64, Long.MIN_VALUE);
        expect(Schema.FLOAT32_SCHEMA, 0.5f, ColumnType.FLOAT64, 0.5);
        expect(Schema.FLOAT64_SCHEMA, -1e300, ColumnType.FLOAT64, -1e300);
        expect(Schema.BOOLEAN_SCHEMA, true, ColumnType.BOOL, true);
        expect(Schema.STRING_SCHEMA, "grün 🦊", ColumnType.STRING, "grün 🦊");
        expect(Schema.BYTES_SCHEMA, new byte[] {1, 2}, ColumnType.BYTES, bytes(1, 2));
        expect(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {3}), ColumnType.BYTES, bytes(3));
    }

    @Test
    void connectLogicalTypesAreConvertedToBigQueryTypes() {
        expect(
                org.apache.kafka.connect.data.Date.SCHEMA,
                Date.from(Instant.parse("1969-12-31T00:00:00Z")),
                ColumnType.DATE,
                -1);
        expect(
                Time.SCHEMA,
                Date.from(Instant.ofEpochMilli(45_296_789)),
                ColumnType.TIME,
                CivilTimeEncoder.encodePacked64TimeMicrosLocalTime(LocalTime.parse("12:34:56.789")));
        expect(Timestamp.SCHEMA, Date.from(NOON), ColumnType.TIMESTAMP, NOON.toEpochMilli() * 1_000);
        expect(
                Decimal.schema(2),
                new BigDecimal("-12345.67"),
                ColumnType.NUMERIC,
                BigDecimalByteStringEncoder.encodeToNumericByteString(new BigDecimal("-12345.67")));
        expect(
                Decimal.schema(20),
                new BigDecimal("1.00000000000000000001"),
                ColumnType.BIGNUMERIC,
                BigDecimalByteStringEncoder.encodeToBigNumericByteString(new BigDecimal("1.00000000000000000001")));
        expect(
                Decimal.builder(0).parameter("connect.decimal.precision", "38").build(),
                new BigDecimal("12345678901234567890123456789012345678"),
                ColumnType.BIGNUMERIC,
                BigDecimalByteStringEncoder.encodeToBigNumericByteString(
                        new BigDecimal("12345678901234567890123456789012345678")));
    }

    @Test
    void debeziumTimeTypesAreConvertedToBigQueryTypes() {
        long micros = NOON.toEpochMilli() * 1_000 + 123;
        LocalDateTime civil = LocalDateTime.parse("2026-01-31T12:34:56.789123");
        long packed = CivilTimeEncoder.encodePacked64DatetimeMicrosLocalDateTime(civil);
        long packedTime = CivilTimeEncoder.encodePacked64TimeMicrosLocalTime(civil.toLocalTime());
        long day = LocalDate.parse("2026-01-31").toEpochDay();
        expect(named(SchemaBuilder.int32(), "io.debezium.time.Date"), (int) day, ColumnType.DATE, (int) day);
        expect(
                named(SchemaBuilder.int32(), "io.debezium.time.Time"),
                45_296_789,
                ColumnType.TIME,
                CivilTimeEncoder.encodePacked64TimeMicrosLocalTime(LocalTime.parse("12:34:56.789")));
        expect(
                named(SchemaBuilder.int64(), "io.debezium.time.MicroTime"),
                45_296_789_123L,
                ColumnType.TIME,
                packedTime);
        expect(
                named(SchemaBuilder.int64(), "io.debezium.time.NanoTime"),
                45_296_789_123_999L,
                ColumnType.TIME,
                packedTime);
        expect(named(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"), micros, ColumnType.DATETIME, packed);
        expect(
                named(SchemaBuilder.int64(), "io.debezium.time.NanoTimestamp"),
                micros * 1_000 + 9,
                ColumnType.DATETIME,
                packed);
        expect(
                named(SchemaBuilder.int64(), "io.debezium.time.Timestamp"),
                NOON.toEpochMilli(),
                ColumnType.DATETIME,
                CivilTimeEncoder.encodePacked64DatetimeMicrosLocalDateTime(
                        LocalDateTime.parse("2026-01-31T12:34:56.789")));
        expect(
                named(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"),
                "2026-01-31T13:34:56.789123+01:00",
                ColumnType.TIMESTAMP,
                micros);
        expect(named(SchemaBuilder.string(), "io.debezium.data.Json"), "{\"a\":1}", ColumnType.JSON, "{\"a\":1}");
        expect(named(SchemaBuilder.string(), "io.debezium.data.Uuid"), "u", ColumnType.STRING, "u");
    }

    @Test
    void structsArraysAndMapsCanBeNested() {
        Schema maker = SchemaBuilder.struct()
                .field("name", Schema.STRING_SCHEMA)
                .field("since", Schema.OPTIONAL_INT32_SCHEMA)
                .optional()
                .build();
        Schema schema = SchemaBuilder.struct()
                .field("maker", maker)
                .field(
                        "tags",
                        SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
                .field("makers", SchemaBuilder.array(maker).build())
                .field(
                        "sizes",
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_INT64_SCHEMA)
                                .build())
                .build();
        Struct acme = new Struct(maker).put("name", "Acme").put("since", 1900);
        Struct row = new Struct(schema)
                .put("maker", acme)
                .put("tags", List.of("x".repeat(5_000), "b"))
                .put("makers", List.of(acme, new Struct(maker).put("name", "Other")))
                .put("sizes", Map.of("height", 7L));

        RowEncoder encoder = SchemaConverter.compile(schema, List.of());
        assertThat(encoder.columns().subList(0, 4))
                .containsExactly(
                        new Column(
                                "maker",
                                ColumnType.STRUCT,
                                Mode.NULLABLE,
                                List.of(
                                        Column.of("name", ColumnType.STRING, Mode.REQUIRED),
                                        Column.of("since", ColumnType.INT64, Mode.NULLABLE))),
                        Column.of("tags", ColumnType.STRING, Mode.REPEATED),
                        new Column(
                                "makers",
                                ColumnType.STRUCT,
                                Mode.REPEATED,
                                List.of(
                                        Column.of("name", ColumnType.STRING, Mode.REQUIRED),
                                        Column.of("since", ColumnType.INT64, Mode.NULLABLE))),
                        new Column(
                                "sizes",
                                ColumnType.STRUCT,
                                Mode.REPEATED,
                                List.of(
                                        Column.of("key", ColumnType.STRING, Mode.REQUIRED),
                                        Column.of("value", ColumnType.INT64, Mode.NULLABLE))));
        DynamicMessage decoded = decode(encoder, encode(encoder, row));
        assertThat(decoded.toString().replaceAll("\\s+", " "))
                .contains("maker { name: \"Acme\" since: 1900 }")
                .contains("makers { name: \"Other\" }")
                .contains("sizes { key: \"height\" value: 7 }")
                .contains("tags: \"" + "x".repeat(5_000) + "\" tags: \"b\"");
    }

    @Test
    void rowContainsItsKafkaPositionAndExtraColumns() {
        Schema schema = SchemaBuilder.struct()
                .field("brand", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        RowEncoder encoder = SchemaConverter.compile(
                schema,
                List.of(
                        new ExtraColumn("s", ColumnType.STRING),
                        new ExtraColumn("i", ColumnType.INT64),
                        new ExtraColumn("f", ColumnType.FLOAT64),
                        new ExtraColumn("b", ColumnType.BOOL),
                        new ExtraColumn("d", ColumnType.DATE),
                        new ExtraColumn("t", ColumnType.TIMESTAMP)));
        ByteString row =
                encoder.encode(new Struct(schema), Arrays.asList("x", 7L, 0.5, true, 3L, null), "products.raw", 4, 17);

        assertThat(decode(encoder, row).toString().replaceAll("\\s+", " "))
                .isEqualTo("s: \"x\" i: 7 f: 0.5 b: true d: 3 _kafka_topic: \"products.raw\" _kafka_partition: 4"
                        + " _kafka_offset: 17 ");
        assertThatThrownBy(() -> new ExtraColumn("x", ColumnType.STRUCT))
                .hasMessage("An extra column cannot be of type STRUCT");
    }

    @Test
    void schemaThatNoTableCanRepresentIsRefusedAndNamesTheField() {
        refused(
                Schema.STRING_SCHEMA,
                "the record's value is of type STRING; a row needs a struct with named fields. Wrap it"
                        + " with the HoistField transformation.");
        refused(
                struct("_kafka_offset", Schema.INT64_SCHEMA),
                "the record has a field '_kafka_offset', but the sink adds a column of"
                        + " that name. Rename the field with a transformation.");
        refused(SchemaBuilder.struct().build(), "the record is a struct without fields");
        refused(
                struct(
                        "a",
                        SchemaBuilder.array(
                                        SchemaBuilder.array(Schema.INT8_SCHEMA).build())
                                .build()),
                "field 'a' is an array of arrays, which BigQuery does not support. Wrap the elements in a struct.");
        refused(
                struct(
                        "a",
                        SchemaBuilder.array(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT8_SCHEMA)
                                        .build())
                                .build()),
                "field 'a' is an array of maps, which BigQuery does not support. Wrap the elements in a struct.");
        refused(
                struct("a", struct("b", Decimal.schema(39))),
                "field 'a.b': a decimal of scale 39 has more digits than"
                        + " BIGNUMERIC permits. Cast it to a string with a transformation.");
        Schema deep = struct("x", Schema.INT8_SCHEMA);
        for (int i = 0; i < 15; i++) {
            deep = struct("x", deep);
        }
        refused(deep, "field 'x" + ".x".repeat(14) + "' is nested deeper than the 15 levels that BigQuery permits");
    }

    @Test
    void valueThatDoesNotFitIsRefusedAndTheMessageNamesOnlyItsField() {
        bad(Schema.STRING_SCHEMA, null, "field 'x' is required and null");
        bad(struct("y", Schema.INT8_SCHEMA), null, "field 'x' is required and null");
        bad(
                SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).build(),
                Arrays.asList("a", null),
                "field 'x' has a null element");
        bad(
                Decimal.schema(9),
                new BigDecimal("1e30").setScale(9),
                "field 'x': a decimal has too many digits for NUMERIC");
        bad(
                Time.SCHEMA,
                Date.from(Instant.ofEpochMilli(86_400_000)),
                "field 'x': a time of day must be between 00:00" + " and 24:00");
        bad(
                org.apache.kafka.connect.data.Date.SCHEMA,
                Date.from(Instant.parse("0000-12-31T00:00:00Z")),
                "field 'x': a DATE must be in the years 1 to 9999");
        bad(
                Timestamp.SCHEMA,
                Date.from(Instant.parse("0000-12-31T00:00:00Z")),
                "field 'x': a TIMESTAMP must be in the years 1 to 9999");
        bad(
                named(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"),
                Long.MAX_VALUE / 10,
                "field 'x': a DATETIME must be in the years 1 to 9999");
        bad(
                named(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"),
                "soon",
                "field 'x': a zoned timestamp does not have the form 2026-01-31T12:00:00Z");
        bad(
                named(SchemaBuilder.int64(), "io.debezium.time.Timestamp"),
                Long.MAX_VALUE,
                "field 'x': a value of java.lang.Long does not fit the field's schema");
    }

    private static void expect(Schema schema, Object value, ColumnType type, Object decoded) {
        Schema row = struct("x", schema);
        RowEncoder encoder = SchemaConverter.compile(row, List.of());

        assertThat(encoder.columns().get(0).withDigits(Optional.empty()))
                .isEqualTo(Column.of("x", type, Mode.REQUIRED));
        DynamicMessage message = decode(encoder, encode(encoder, new Struct(row).put("x", value)));
        assertThat(message.getField(message.getDescriptorForType().findFieldByName("x")))
                .isEqualTo(decoded);
    }

    private static void refused(Schema schema, String message) {
        assertThatThrownBy(() -> SchemaConverter.compile(schema, List.of()))
                .isInstanceOf(ConversionException.class)
                .hasMessage(message);
    }

    private static void bad(Schema schema, @Nullable Object value, String message) {
        Schema row = struct("x", schema);
        RowEncoder encoder = SchemaConverter.compile(row, List.of());
        Struct struct = new Struct(row);
        if (value != null) {
            struct.put("x", value);
        }

        assertThatThrownBy(() -> encode(encoder, struct))
                .isInstanceOf(ConversionException.class)
                .hasMessage(message);
    }

    private static Schema struct(String field, Schema schema) {
        return SchemaBuilder.struct().field(field, schema).build();
    }

    private static Schema named(SchemaBuilder builder, String name) {
        return builder.name(name).build();
    }

    private static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }

    private static ByteString encode(RowEncoder encoder, Struct row) {
        return encoder.encode(row, List.of(), "t", 0, 0);
    }

    private static DynamicMessage decode(RowEncoder encoder, ByteString row) {
        try {
            FileDescriptor file = FileDescriptor.buildFrom(
                    FileDescriptorProto.newBuilder()
                            .setName("row.proto")
                            .addMessageType(encoder.descriptor())
                            .build(),
                    new FileDescriptor[0]);
            Descriptor type = Objects.requireNonNull(file.findMessageTypeByName("Row"));
            return DynamicMessage.parseFrom(type, row);
        } catch (DescriptorValidationException | InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
