package io.catalogconnect.bigquery.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.storage.v1.AnnotationsProto;
import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.cloud.bigquery.storage.v1.CivilTimeEncoder;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.Column.Mode;
import io.catalogconnect.bigquery.table.ColumnNaming;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.Digits;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of each Connect type in existing columns of each BigQuery type; the cases are in conversions.txt. */
final class TypeConversionsTest {

    private static final String REFUSED = "refused: ";
    private static final Schema GEOMETRY = SchemaBuilder.struct()
            .name("io.debezium.data.geometry.Geometry")
            .field("wkb", Schema.BYTES_SCHEMA)
            .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
            .build();
    private static final Schema VARIABLE = SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .field("scale", Schema.INT32_SCHEMA)
            .field("value", Schema.BYTES_SCHEMA)
            .build();
    private static final Schema MAKER = SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("since", Schema.OPTIONAL_INT32_SCHEMA)
            .field("price", Decimal.schema(2))
            .field("on", org.apache.kafka.connect.data.Date.SCHEMA)
            .build();

    /** @param result the stored value, or {@code refused: } and the reason */
    record Case(String type, ColumnType column, String value, String result) {

        private boolean isRefused() {
            return result.startsWith(REFUSED);
        }

        private Schema schema() {
            return switch (type) {
                case "Variable" -> VARIABLE;
                case "int8" -> Schema.INT8_SCHEMA;
                case "int64", "int64 micros" -> Schema.INT64_SCHEMA;
                case "float32" -> Schema.FLOAT32_SCHEMA;
                case "float64" -> Schema.FLOAT64_SCHEMA;
                case "boolean" -> Schema.BOOLEAN_SCHEMA;
                case "string" -> Schema.STRING_SCHEMA;
                case "Decimal(2)" -> Decimal.schema(2);
                case "Decimal(10)" -> Decimal.schema(10);
                case "Date" -> org.apache.kafka.connect.data.Date.SCHEMA;
                case "Time" -> Time.SCHEMA;
                case "Timestamp" -> Timestamp.SCHEMA;
                case "MicroTimestamp" ->
                    SchemaBuilder.int64()
                            .name("io.debezium.time.MicroTimestamp")
                            .build();
                case "Json" ->
                    SchemaBuilder.string().name("io.debezium.data.Json").build();
                case "Geometry", "Geometry 4326", "Geometry 3857" -> GEOMETRY;
                case "struct" -> MAKER;
                case "array" -> SchemaBuilder.array(Schema.FLOAT64_SCHEMA).build();
                case "array of bytes" ->
                    SchemaBuilder.array(Schema.BYTES_SCHEMA).build();
                case "map" ->
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_INT64_SCHEMA)
                            .build();
                case "map of int" ->
                    SchemaBuilder.map(Schema.INT64_SCHEMA, Schema.INT64_SCHEMA).build();
                default -> throw new AssertionError(type);
            };
        }

        private Object connectValue() {
            return switch (type) {
                case "Variable" -> variable(value);
                case "int8" -> Byte.valueOf(value);
                case "int64", "int64 micros" -> Long.valueOf(value);
                case "MicroTimestamp" -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(value));
                case "float32" -> Float.valueOf(value);
                case "float64" -> Double.valueOf(value);
                case "boolean" -> Boolean.valueOf(value);
                case "string", "Json" -> value;
                case "Decimal(2)" -> new BigDecimal(value).setScale(2);
                case "Decimal(10)" -> new BigDecimal(value).setScale(10);
                case "Date" -> Date.from(Instant.parse(value + "T00:00:00Z"));
                case "Time" -> Date.from(Instant.parse("1970-01-01T" + value + "Z"));
                case "Timestamp" -> Date.from(Instant.parse(value));
                case "Geometry" -> geometry(null);
                case "Geometry 4326" -> geometry(4_326);
                case "Geometry 3857" -> geometry(3_857);
                case "struct" ->
                    new Struct(MAKER)
                            .put("name", value)
                            .put("price", new BigDecimal("1.50"))
                            .put("on", Date.from(Instant.parse("2026-01-31T00:00:00Z")));
                case "array" ->
                    Stream.of(value.split(" ", -1)).map(Double::valueOf).toList();
                case "array of bytes" -> List.of(new byte[] {1});
                case "map" -> java.util.Collections.singletonMap(value, null);
                case "map of int" -> Map.of(Long.valueOf(value), 1L);
                default -> throw new AssertionError(type);
            };
        }

        private Struct geometry(@org.jspecify.annotations.Nullable Integer srid) {
            return new Struct(GEOMETRY)
                    .put("wkb", HexFormat.of().parseHex(value))
                    .put("srid", srid);
        }

        private ExistingColumns existing(Mode mode) {
            return new ExistingColumns(
                    List.of(Column.of("X", column, mode)),
                    new ConversionRules(
                            type.endsWith("micros") ? IntegerTimeUnit.MICROS : IntegerTimeUnit.MILLIS,
                            ColumnType.STRING,
                            ColumnNaming.ASCII,
                            false));
        }
    }

    private static Struct variable(String number) {
        BigDecimal decimal = new BigDecimal(number);
        return new Struct(VARIABLE)
                .put("scale", decimal.scale())
                .put("value", decimal.unscaledValue().toByteArray());
    }

    static List<Case> cases() throws IOException {
        try (InputStream in = TypeConversionsTest.class.getResourceAsStream("conversions.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1))
                    .map(cell -> new Case(
                            cell[0].strip(), ColumnType.valueOf(cell[1].strip()), cell[2].strip(), cell[3].strip()))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueKeepsItsMeaningOrIsRefused(Case each) {
        Schema row = SchemaBuilder.struct().field("x", each.schema()).build();
        Struct value = new Struct(row).put("x", each.connectValue());
        RowEncoder encoder = SchemaConverter.compile(row, List.of(), each.existing(Mode.NULLABLE));

        assertThat(encoder.columns().get(0)).isEqualTo(Column.of("x", each.column(), Mode.REQUIRED));
        if (each.isRefused()) {
            assertThatThrownBy(() -> encoder.encode(value, List.of(), "t", 0, 0))
                    .isInstanceOf(ConversionException.class)
                    .hasMessageMatching("field 'x': the [\\w.]+ value cannot be written to the " + each.column()
                            + " column: .*\\. Correct the value, convert the field with a transformation, or send the topic to"
                            + " another table\\.")
                    .hasMessageContaining(each.result().substring(REFUSED.length()));
        } else {
            assertThat(stored(each.column(), field(encoder, value))).isEqualTo(each.result());
        }
    }

    @Test
    void elementsOfArraysAndFieldsOfStructsAreConverted() {
        Schema maker =
                SchemaBuilder.struct().field("since", Schema.STRING_SCHEMA).build();
        Schema row = SchemaBuilder.struct()
                .field("x", SchemaBuilder.array(Schema.INT64_SCHEMA).build())
                .field("makers", SchemaBuilder.array(maker).build())
                .build();
        ExistingColumns existing = new ExistingColumns(
                List.of(
                        Column.of("x", ColumnType.STRING, Mode.REPEATED),
                        new Column(
                                "makers",
                                ColumnType.STRUCT,
                                Mode.REPEATED,
                                List.of(Column.of("since", ColumnType.DATE, Mode.NULLABLE)))),
                ConversionRules.DEFAULT);
        RowEncoder encoder = SchemaConverter.compile(row, List.of(), existing);
        Struct value = new Struct(row)
                .put("x", List.of(1L, 2L))
                .put("makers", List.of(new Struct(maker).put("since", "1970-01-02")));

        assertThat(message(encoder, value).toString().replaceAll("\\s+", " "))
                .startsWith("x: \"1\" x: \"2\" makers { since: 1 }");
    }

    @Test
    void extraColumnsAreConverted() {
        Schema row = SchemaBuilder.struct().field("a", Schema.STRING_SCHEMA).build();
        RowEncoder encoder = SchemaConverter.compile(
                row,
                List.of(new ExtraColumn("x", ColumnType.TIMESTAMP)),
                new ExistingColumns(
                        List.of(Column.of("x", ColumnType.STRING, Mode.NULLABLE)), ConversionRules.DEFAULT));

        ByteString bytes = encoder.encode(new Struct(row).put("a", ""), List.of(0L), "t", 0, 0);
        assertThat(decode(encoder, bytes).toString()).contains("x: \"1970-01-01T00:00:00Z\"");
    }

    @ParameterizedTest
    @CsvSource({"NUMERIC,1.50,1.5", "BIGNUMERIC,0.0000000001,0.0000000001", "STRING,1.50,1.50"})
    void variableDecimalGetsAColumnOfTheConfiguredType(ColumnType type, String number, String stored) {
        Schema row = SchemaBuilder.struct().field("x", VARIABLE).build();
        ConversionRules rules = new ConversionRules(IntegerTimeUnit.MILLIS, type, ColumnNaming.ASCII, false);
        RowEncoder encoder = SchemaConverter.compile(row, List.of(), new ExistingColumns(List.of(), rules));

        assertThat(encoder.columns().get(0)).isEqualTo(Column.of("x", type, Mode.REQUIRED));
        assertThat(stored(type, field(encoder, new Struct(row).put("x", variable(number)))))
                .isEqualTo(stored);
    }

    @Test
    void variableDecimalStaysAStructInAnExistingStructColumn() {
        Schema row = SchemaBuilder.struct().field("x", VARIABLE).build();
        Column struct = SchemaConverter.compile(
                        SchemaBuilder.struct()
                                .field(
                                        "x",
                                        SchemaBuilder.struct()
                                                .field("scale", Schema.INT32_SCHEMA)
                                                .field("value", Schema.BYTES_SCHEMA)
                                                .build())
                                .build(),
                        List.of())
                .columns()
                .get(0);

        assertThat(SchemaConverter.compile(
                                row, List.of(), new ExistingColumns(List.of(struct), ConversionRules.DEFAULT))
                        .columns())
                .startsWith(struct);
    }

    @Test
    void declaredPrecisionLimitsTheColumnAndItsValues() {
        Schema price =
                Decimal.builder(2).parameter("connect.decimal.precision", "4").build();
        Schema row = SchemaBuilder.struct().field("x", price).build();
        RowEncoder encoder = SchemaConverter.compile(row, List.of());

        assertThat(encoder.columns().get(0))
                .isEqualTo(Column.of("x", ColumnType.NUMERIC, Mode.REQUIRED).withDigits(Optional.of(new Digits(4, 2))));
        assertThat(stored(ColumnType.NUMERIC, field(encoder, new Struct(row).put("x", new BigDecimal("99.99")))))
                .isEqualTo("99.99");
        assertThat(new Digits(2, 2).hold(new BigDecimal("0.00"))).isTrue();
        assertThatThrownBy(() -> field(encoder, new Struct(row).put("x", new BigDecimal("100.00"))))
                .hasMessage(
                        "field 'x': a decimal has more digits than NUMERIC(4, 2) keeps. Correct the value, or change the"
                                + " type of the column with ALTER TABLE.");
    }

    @Test
    void declaredDigitsOfAnExistingColumnLead() {
        Schema row = SchemaBuilder.struct().field("x", Schema.FLOAT64_SCHEMA).build();
        Column narrow = Column.of("x", ColumnType.NUMERIC, Mode.NULLABLE).withDigits(Optional.of(new Digits(4, 2)));
        RowEncoder encoder =
                SchemaConverter.compile(row, List.of(), new ExistingColumns(List.of(narrow), ConversionRules.DEFAULT));

        assertThat(stored(ColumnType.NUMERIC, field(encoder, new Struct(row).put("x", 0.25))))
                .isEqualTo("0.25");
        assertThatThrownBy(() -> field(encoder, new Struct(row).put("x", 0.125)))
                .hasMessageStartingWith("field 'x': a decimal has more digits than NUMERIC(4, 2) keeps.");
    }

    @ParameterizedTest
    @CsvSource({"true,NUMERIC", "false,INT64"})
    void columnThatMayBeWidenedDoesNotLead(boolean widens, ColumnType column) {
        Schema row = SchemaBuilder.struct().field("x", Decimal.schema(2)).build();
        ConversionRules rules =
                new ConversionRules(IntegerTimeUnit.MILLIS, ColumnType.STRING, ColumnNaming.ASCII, widens);
        ExistingColumns existing = new ExistingColumns(List.of(Column.of("x", ColumnType.INT64, Mode.NULLABLE)), rules);

        assertThat(SchemaConverter.compile(row, List.of(), existing).columns())
                .startsWith(Column.of("x", column, Mode.REQUIRED));
    }

    @Test
    void flexibleNameIsInTheAnnotationOfItsField() {
        Schema maker =
                SchemaBuilder.struct().field("straße", Schema.STRING_SCHEMA).build();
        Schema row = SchemaBuilder.struct()
                .field("größe (cm)", Schema.INT64_SCHEMA)
                .field("größen", SchemaBuilder.array(maker).build())
                .field("plain", Schema.STRING_SCHEMA)
                .build();
        ConversionRules rules =
                new ConversionRules(IntegerTimeUnit.MILLIS, ColumnType.STRING, ColumnNaming.FLEXIBLE, false);
        RowEncoder encoder = SchemaConverter.compile(row, List.of(), new ExistingColumns(List.of(), rules));
        Struct value = new Struct(row)
                .put("größe (cm)", 7L)
                .put("größen", List.of(new Struct(maker).put("straße", "a")))
                .put("plain", "b");

        assertThat(encoder.columns().subList(0, 3))
                .extracting(Column::name)
                .containsExactly("größe _cm_", "größen", "plain");
        assertThat(annotations(encoder)).containsExactly("größe _cm_", "größen", "");
        assertThat(message(encoder, value).getAllFields().values().toString()).startsWith("[7, [");
    }

    /** The annotations as the Write API reads them. */
    private static List<String> annotations(RowEncoder encoder) {
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        AnnotationsProto.registerAllExtensions(registry);
        try {
            return DescriptorProto.parseFrom(encoder.descriptor().toByteString(), registry).getFieldList().stream()
                    .limit(3)
                    .map(field -> field.getOptions().getExtension(AnnotationsProto.columnName))
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void columnOfAnotherModeOrTypeDoesNotLead() {
        Schema row = SchemaBuilder.struct()
                .field("x", Schema.INT64_SCHEMA)
                .field("y", Schema.BYTES_SCHEMA)
                .build();
        ExistingColumns existing = new ExistingColumns(
                List.of(
                        Column.of("x", ColumnType.STRING, Mode.REPEATED),
                        Column.of("y", ColumnType.JSON, Mode.NULLABLE)),
                ConversionRules.DEFAULT);

        assertThat(SchemaConverter.compile(row, List.of(), existing).columns())
                .startsWith(
                        Column.of("x", ColumnType.INT64, Mode.REQUIRED),
                        Column.of("y", ColumnType.BYTES, Mode.REQUIRED));
    }

    @Test
    void everyConversionHasACaseAndEveryLossARefusedOne() throws IOException {
        List<Case> cases = cases();
        for (TypeConversions.Rule rule : TypeConversions.RULES) {
            List<Case> ofRule = cases.stream()
                    .filter(each -> each.column() == rule.to() && ownType(each) == rule.from())
                    .toList();
            assertThat(ofRule).as(rule.from() + " to " + rule.to()).anyMatch(each -> !each.isRefused());
            assertThat(ofRule.stream().anyMatch(Case::isRefused))
                    .as("refused " + rule.from() + " to " + rule.to())
                    .isEqualTo(!rule.refused().isEmpty());
        }
    }

    private static ColumnType ownType(Case each) {
        Schema row = SchemaBuilder.struct().field("x", each.schema()).build();
        return SchemaConverter.compile(row, List.of()).columns().get(0).type();
    }

    private static Object field(RowEncoder encoder, Struct value) {
        DynamicMessage message = message(encoder, value);
        return message.getField(
                Objects.requireNonNull(message.getDescriptorForType().findFieldByName("x")));
    }

    private static DynamicMessage message(RowEncoder encoder, Struct value) {
        return decode(encoder, encoder.encode(value, List.of(), "t", 0, 0));
    }

    private static DynamicMessage decode(RowEncoder encoder, ByteString bytes) {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .addMessageType(encoder.descriptor())
                .build();
        try {
            return DynamicMessage.parseFrom(
                    FileDescriptor.buildFrom(file, new FileDescriptor[0])
                            .getMessageTypes()
                            .get(0),
                    bytes);
        } catch (DescriptorValidationException | InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** The value as BigQuery shows it. */
    private static String stored(ColumnType column, Object wire) {
        return switch (column) {
            case DATE -> LocalDate.ofEpochDay((Integer) wire).toString();
            case TIME ->
                CivilTimeEncoder.decodePacked64TimeMicrosLocalTime((Long) wire).toString();
            case DATETIME ->
                CivilTimeEncoder.decodePacked64DatetimeMicrosLocalDateTime((Long) wire)
                        .toString();
            case TIMESTAMP -> Instant.EPOCH.plus((Long) wire, ChronoUnit.MICROS).toString();
            case NUMERIC -> plain(BigDecimalByteStringEncoder.decodeNumericByteString((ByteString) wire));
            case BIGNUMERIC -> plain(BigDecimalByteStringEncoder.decodeBigNumericByteString((ByteString) wire));
            default -> wire.toString();
        };
    }

    private static String plain(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
