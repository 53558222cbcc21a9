package io.catalogconnect.localbigquery.write;

import static io.catalogconnect.localbigquery.Appends.get;
import static io.catalogconnect.localbigquery.write.WriteFixture.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.cloud.bigquery.storage.v1.CivilTimeEncoder;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.catalogconnect.localbigquery.Appends;
import io.catalogconnect.localbigquery.store.TableRef;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each column type by each encoding that the service documents, and what is refused. */
class TypesIT {
    @RegisterExtension
    static final WriteFixture bigquery = new WriteFixture();

    private int tables;

    private static Descriptor message(DescriptorProto.Builder message) throws Exception {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("row.proto")
                .addMessageType(message.setName("Row"))
                .build();
        return FileDescriptor.buildFrom(file, new FileDescriptor[0])
                .getMessageTypes()
                .get(0);
    }

    private static FieldDescriptorProto.Builder protoField(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }

    private static Descriptor oneField(FieldDescriptorProto.Type type) throws Exception {
        DescriptorProto.Builder message = DescriptorProto.newBuilder();
        FieldDescriptorProto.Builder field = protoField("v", 1, type);
        if (type == FieldDescriptorProto.Type.TYPE_ENUM) {
            message.addEnumType(EnumDescriptorProto.newBuilder()
                    .setName("E")
                    .addValue(EnumValueDescriptorProto.newBuilder()
                            .setName("ZERO")
                            .setNumber(0))
                    .addValue(EnumValueDescriptorProto.newBuilder()
                            .setName("SEVEN")
                            .setNumber(7)));
            field.setTypeName("E");
        }
        return message(message.addField(field));
    }

    private static Object value(Descriptor descriptor, String text) {
        return switch (descriptor.getFields().get(0).getJavaType()) {
            case INT -> Integer.parseUnsignedInt(text.replace("-", "")) * (text.startsWith("-") ? -1 : 1);
            case LONG -> text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case STRING -> text;
            case BYTE_STRING -> ByteString.copyFromUtf8(text);
            case ENUM -> descriptor.getFields().get(0).getEnumType().findValueByName(text);
            case MESSAGE -> throw new IllegalArgumentException("A message has no text");
        };
    }

    private TableRef append(TableFieldSchema column, Descriptor descriptor, Object value) throws Exception {
        TableRef table = bigquery.table("t" + tables++, column);
        try (StreamWriter writer = StreamWriter.newBuilder(table.path() + "/streams/_default", bigquery.client)
                .setWriterSchema(ProtoSchema.newBuilder()
                        .setProtoDescriptor(descriptor.toProto())
                        .build())
                .build()) {
            get(writer.append(Appends.rows(descriptor, value)));
        }
        return table;
    }

    @ParameterizedTest(name = "{0} from {1} {2}")
    @CsvSource({
        "BOOL, BOOL, true, true",
        "BOOL, INT64, 2, true",
        "BOOL, UINT32, 0, false",
        "INT64, INT64, -9223372036854775808, -9223372036854775808",
        "INT64, INT32, -5, -5",
        "INT64, UINT32, 4294967295, 4294967295",
        "INT64, FIXED32, 4294967295, 4294967295",
        "INT64, SINT32, -5, -5",
        "INT64, SINT64, -5, -5",
        "INT64, SFIXED32, -5, -5",
        "INT64, SFIXED64, -5, -5",
        "INT64, ENUM, SEVEN, 7",
        "FLOAT64, DOUBLE, 1.5, 1.5",
        "FLOAT64, FLOAT, 0.25, 0.25",
        "FLOAT64, INT32, 3, 3.0",
        "FLOAT64, UINT64, 18446744073709551615, 1.8446744073709552e+19",
        "STRING, STRING, Grüße, Grüße",
        "STRING, ENUM, SEVEN, SEVEN",
        "GEOGRAPHY, STRING, POINT(1 2), POINT(1 2)",
        "BYTES, BYTES, abc, abc",
        "BYTES, STRING, abc, abc",
        "NUMERIC, STRING, -99999999999999999999999999999.999999999, -99999999999999999999999999999.999999999",
        "NUMERIC, INT64, 12, 12.000000000",
        "NUMERIC, UINT64, 18446744073709551615, 18446744073709551615.000000000",
        "NUMERIC, DOUBLE, 0.5, 0.500000000",
        "NUMERIC, FLOAT, 0.5, 0.500000000",
        "BIGNUMERIC, STRING, 0.000000000000000001, 0.000000000000000001",
        "DATE, INT32, 20000, 2024-10-04",
        "DATE, INT64, -719162, 0001-01-01",
        "DATETIME, STRING, 2024-02-29T01:02:03.000004, 2024-02-29 01:02:03.000004",
        "TIME, STRING, 23:59:59.999999, 23:59:59.999999",
        "TIMESTAMP, INT64, 1700000000123456, 2023-11-14 22:13:20.123456+00",
        "TIMESTAMP, UINT32, 1, 1970-01-01 00:00:00.000001+00",
    })
    void columnAcceptsItsDocumentedEncodings(String column, String proto, String text, String stored) throws Exception {
        Descriptor descriptor = oneField(FieldDescriptorProto.Type.valueOf("TYPE_" + proto));
        TableRef table = append(field("v", column), descriptor, value(descriptor, text));
        assertThat(bigquery.query(table, "SELECT CAST(v AS VARCHAR) FROM $t")).containsExactly(stored);
    }

    @ParameterizedTest(name = "{0} not from {1}")
    @CsvSource({
        "INT64, UINT64, uint64, INTEGER",
        "INT64, STRING, string, INTEGER",
        "STRING, INT64, int64, STRING",
        "STRING, BYTES, bytes, STRING",
        "DATE, STRING, string, DATE",
        "DATE, UINT32, uint32, DATE",
        "TIMESTAMP, STRING, string, TIMESTAMP",
        "TIME, INT32, int32, TIME",
        "JSON, BYTES, bytes, JSON",
        "BYTES, INT32, int32, BYTES",
        "BOOL, STRING, string, BOOLEAN",
        "FLOAT64, STRING, string, FLOAT",
        "NUMERIC, BOOL, bool, NUMERIC",
    })
    void columnRefusesOtherEncodings(String column, String proto, String protoText, String columnText)
            throws Exception {
        Descriptor descriptor = oneField(FieldDescriptorProto.Type.valueOf("TYPE_" + proto));
        String stream = "projects/p/datasets/d/tables/t0/streams/_default";
        assertThatThrownBy(() -> append(field("v", column), descriptor, value(descriptor, "1")))
                .cause()
                .hasMessage(
                        "INVALID_ARGUMENT: The proto field mismatched with BigQuery field at Row.v, the proto field type "
                                + protoText + ", BigQuery field type " + columnText + " Entity: " + stream);
    }

    @ParameterizedTest(name = "{0} has no {1} {2}")
    @CsvSource({
        "DATE, INT32, 2932897, Field v: Invalid date value: 2932897",
        "TIMESTAMP, INT64, 253402300800000000, Field v: Invalid timestamp value: 253402300800000000",
        "TIME, INT64, 99999999999999, Field v: Invalid TIME value: 99999999999999",
        "TIME, STRING, 25:00:00, Field v: Could not parse '25:00:00' as TIME",
        "DATETIME, STRING, 2024-02-30T00:00:00, Field v: Could not parse '2024-02-30T00:00:00' as DATETIME",
        "JSON, STRING, {a, Field v: Could not parse '{a' as JSON",
        "NUMERIC, DOUBLE, NaN, Field v: Invalid NUMERIC value: NaN",
    })
    void valueOutsideTheTypeIsRowError(String column, String proto, String text, String message) throws Exception {
        Descriptor descriptor = oneField(FieldDescriptorProto.Type.valueOf("TYPE_" + proto));
        assertThatThrownBy(() -> append(field("v", column), descriptor, value(descriptor, text)))
                .cause()
                .isInstanceOfSatisfying(
                        Exceptions.AppendSerializtionError.class,
                        e -> assertThat(e.getRowIndexToErrorMessage()).containsEntry(0, message));
    }

    @Test
    void packedCivilTimesAndScaledDecimalsAreDecoded() throws Exception {
        Descriptor number = oneField(FieldDescriptorProto.Type.TYPE_INT64);
        Descriptor bytes = oneField(FieldDescriptorProto.Type.TYPE_BYTES);
        LocalDateTime dateTime = LocalDateTime.of(2024, 2, 29, 23, 59, 58, 123_456_000);
        assertThat(bigquery.query(
                        append(
                                field("v", "DATETIME"),
                                number,
                                CivilTimeEncoder.encodePacked64DatetimeMicrosLocalDateTime(dateTime)),
                        "SELECT CAST(v AS VARCHAR) FROM $t"))
                .containsExactly("2024-02-29 23:59:58.123456");
        assertThat(bigquery.query(
                        append(
                                field("v", "TIME"),
                                number,
                                CivilTimeEncoder.encodePacked64TimeMicrosLocalTime(LocalTime.of(1, 2, 3, 4_000))),
                        "SELECT CAST(v AS VARCHAR) FROM $t"))
                .containsExactly("01:02:03.000004");
        assertThat(bigquery.query(
                        append(
                                field("v", "NUMERIC"),
                                bytes,
                                BigDecimalByteStringEncoder.encodeToNumericByteString(new BigDecimal("-1.25"))),
                        "SELECT CAST(v AS VARCHAR) FROM $t"))
                .containsExactly("-1.250000000");
        assertThat(bigquery.query(
                        append(
                                field("v", "BIGNUMERIC").setPrecision(38L).setScale(30L),
                                bytes,
                                BigDecimalByteStringEncoder.encodeToBigNumericByteString(
                                        new BigDecimal("12345678.000000000000000000000000000001"))),
                        "SELECT CAST(v AS VARCHAR) FROM $t"))
                .containsExactly("12345678.000000000000000000000000000001");
    }

    @Test
    void wrapperAndTimestampMessagesAreDecoded() throws Exception {
        Descriptor descriptor = message(DescriptorProto.newBuilder()
                .addNestedType(DescriptorProto.newBuilder()
                        .setName("google_protobuf_Int64Value")
                        .addField(protoField("value", 1, FieldDescriptorProto.Type.TYPE_INT64)))
                .addNestedType(DescriptorProto.newBuilder()
                        .setName("google_protobuf_Timestamp")
                        .addField(protoField("seconds", 1, FieldDescriptorProto.Type.TYPE_INT64))
                        .addField(protoField("nanos", 2, FieldDescriptorProto.Type.TYPE_INT32)))
                .addField(protoField("n", 1, FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName("google_protobuf_Int64Value"))
                .addField(protoField("zero", 2, FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName("google_protobuf_Int64Value"))
                .addField(protoField("at", 3, FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName("google_protobuf_Timestamp")));
        Descriptor wrapper = descriptor.getNestedTypes().get(0);
        Descriptor time = descriptor.getNestedTypes().get(1);
        DynamicMessage row = DynamicMessage.newBuilder(descriptor)
                .setField(
                        descriptor.findFieldByName("n"),
                        DynamicMessage.newBuilder(wrapper)
                                .setField(wrapper.findFieldByNumber(1), 5L)
                                .build())
                .setField(descriptor.findFieldByName("zero"), DynamicMessage.getDefaultInstance(wrapper))
                .setField(
                        descriptor.findFieldByName("at"),
                        DynamicMessage.newBuilder(time)
                                .setField(time.findFieldByNumber(1), 10L)
                                .setField(time.findFieldByNumber(2), 1_999)
                                .build())
                .build();
        TableRef table = bigquery.table("w", field("n", "INTEGER"), field("zero", "INTEGER"), field("at", "TIMESTAMP"));
        try (StreamWriter writer = StreamWriter.newBuilder(table.path() + "/_default", bigquery.client)
                .setWriterSchema(ProtoSchema.newBuilder()
                        .setProtoDescriptor(descriptor.toProto())
                        .build())
                .build()) {
            get(writer.append(
                    ProtoRows.newBuilder().addSerializedRows(row.toByteString()).build()));
        }
        assertThat(bigquery.query(table, "SELECT n || ' ' || zero || ' ' || CAST(\"at\" AS VARCHAR) FROM $t"))
                .containsExactly("5 0 1970-01-01 00:00:10.000001+00");
    }

    @Test
    void descriptorWithMissingTypeIsRefused() throws Exception {
        TableRef table = bigquery.table("t", field("at", "TIMESTAMP"));
        ProtoSchema schema = ProtoSchema.newBuilder()
                .setProtoDescriptor(DescriptorProto.newBuilder()
                        .setName("Row")
                        .addField(protoField("at", 1, FieldDescriptorProto.Type.TYPE_MESSAGE)
                                .setTypeName(".google.protobuf.Timestamp")))
                .build();
        String stream = table.path() + "/streams/_default";
        try (StreamWriter writer = StreamWriter.newBuilder(stream, bigquery.client)
                .setWriterSchema(schema)
                .build()) {
            assertThatThrownBy(() -> get(writer.append(ProtoRows.newBuilder()
                            .addSerializedRows(ByteString.EMPTY)
                            .build())))
                    .cause()
                    .hasMessage(
                            "INVALID_ARGUMENT: Invalid proto schema: BqMessage.proto: Row.at: \".google.protobuf.Timestamp\" is not"
                                    + " defined. Entity: " + stream);
        }
    }

    @Test
    void googlesJsonWriterFillsEveryKindOfColumn() throws Exception {
        TableRef table = bigquery.table(
                "all",
                field("s", "STRING"),
                field("n", "NUMERIC"),
                field("d", "DATE"),
                field("dt", "DATETIME"),
                field("ti", "TIME"),
                field("ts", "TIMESTAMP"),
                field("j", "JSON"),
                field("by", "BYTES"),
                field("list", "INTEGER").setMode("REPEATED"),
                field("st", "RECORD")
                        .setFields(List.of(
                                field("x", "FLOAT"),
                                field("inner", "RECORD")
                                        .setMode("REPEATED")
                                        .setFields(List.of(
                                                field("k", "STRING"),
                                                field("days", "DATE").setMode("REPEATED"),
                                                field("at", "TIMESTAMP"),
                                                field("amount", "NUMERIC"))))),
                field("times", "TIMESTAMP").setMode("REPEATED"),
                field("blobs", "BYTES").setMode("REPEATED"));
        JSONObject row = new JSONObject()
                .put("s", "text")
                .put("n", "1.5")
                .put("d", "2024-02-29")
                .put("dt", "2024-02-29T01:02:03")
                .put("ti", "01:02:03")
                .put("ts", "2024-02-29T01:02:03Z")
                .put("j", "{\"a\": [1, 2.50]}")
                .put("by", new JSONArray(new int[] {1, 2}))
                .put("list", new JSONArray(List.of(1, 2)))
                .put(
                        "st",
                        new JSONObject()
                                .put("x", 0.5)
                                .put(
                                        "inner",
                                        new JSONArray()
                                                .put(new JSONObject()
                                                        .put("k", "a")
                                                        .put("days", new JSONArray(List.of("2024-01-01")))
                                                        .put("at", "2024-01-01T00:00:00Z")
                                                        .put("amount", "2"))
                                                .put(new JSONObject().put("k", "b"))))
                .put("times", new JSONArray(List.of("2024-01-01T00:00:00Z")))
                .put("blobs", new JSONArray().put(new JSONArray(new int[] {97, 98})));
        try (JsonStreamWriter writer = JsonStreamWriter.newBuilder(table.path() + "/_default", bigquery.client)
                .build()) {
            get(writer.append(new JSONArray().put(row)));
        }
        assertThat(bigquery.query(table, "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM $t"))
                .containsExactly("text");
        assertThat(bigquery.query(
                        table, "SELECT concat_ws('|', n, d, dt, ti, ts, j, \"by\", list, st, times, blobs) FROM $t"))
                .containsExactly(
                        "1.500000000|2024-02-29|2024-02-29 01:02:03|01:02:03|2024-02-29 01:02:03+00|{\"a\":[1,2.50]}|\\x01\\x02"
                                + "|1|2|{'x': 0.5, 'inner': [{'k': a, 'days': [2024-01-01], 'at': '2024-01-01 00:00:00+00', 'amount':"
                                + " 2.000000000}, {'k': b, 'days': [], 'at': NULL, 'amount': NULL}]}|2024-01-01 00:00:00+00|ab");
    }

    @Test
    void dateKeepsItsDayInEveryYear() throws Exception {
        Descriptor descriptor = oneField(FieldDescriptorProto.Type.TYPE_INT32);
        TableRef table = append(
                field("v", "DATE"), descriptor, (int) LocalDate.of(9999, 12, 31).toEpochDay());
        assertThat(bigquery.query(table, "SELECT CAST(v AS VARCHAR) FROM $t")).containsExactly("9999-12-31");
    }
}
