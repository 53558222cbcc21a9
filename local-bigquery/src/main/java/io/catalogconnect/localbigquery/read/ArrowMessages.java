package io.catalogconnect.localbigquery.read;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.flatbuffers.FlatBufferBuilder;
import com.google.protobuf.ByteString;
import io.catalogconnect.localbigquery.store.FieldType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** The messages of Arrow's IPC format: a schema, and a record batch. */
final class ArrowMessages {

    static final int NUMERIC_SCALE = 9;
    static final int BIGNUMERIC_SCALE = 38;

    private static final int CONTINUATION = 0xFFFFFFFF;
    private static final int PREFIX = 8;
    private static final int LONG_BITS = 64;

    private ArrowMessages() {}

    /** The message that describes the columns. */
    static ByteString schema(List<TableFieldSchema> columns) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int[] fields =
                columns.stream().mapToInt(column -> field(builder, column)).toArray();
        int vector = Schema.createFieldsVector(builder, fields);
        int schema = Schema.createSchema(builder, Endianness.Little, vector, 0, 0);
        return message(builder, MessageHeader.Schema, schema, new byte[0]);
    }

    /** The message with the values of a number of rows. */
    static ByteString recordBatch(int rows, ArrowBody body) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        // Structs of a vector are written from the last to the first.
        List<ArrowBody.Node> nodes = body.nodes();
        RecordBatch.startNodesVector(builder, nodes.size());
        for (int i = nodes.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(
                    builder, nodes.get(i).length(), nodes.get(i).nulls());
        }
        int nodeVector = builder.endVector();
        List<ArrowBody.Range> buffers = body.buffers();
        RecordBatch.startBuffersVector(builder, buffers.size());
        for (int i = buffers.size() - 1; i >= 0; i--) {
            Buffer.createBuffer(builder, buffers.get(i).offset(), buffers.get(i).length());
        }
        int bufferVector = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, rows);
        RecordBatch.addNodes(builder, nodeVector);
        RecordBatch.addBuffers(builder, bufferVector);
        return message(builder, MessageHeader.RecordBatch, RecordBatch.endRecordBatch(builder), body.bytes());
    }

    private static ByteString message(FlatBufferBuilder builder, byte kind, int header, byte[] body) {
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, kind, header, body.length, 0));
        byte[] metadata = builder.sizedByteArray();
        int padded = (metadata.length + PREFIX - 1) / PREFIX * PREFIX;
        ByteBuffer message = ByteBuffer.allocate(PREFIX + padded + body.length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(CONTINUATION).putInt(padded).put(metadata).position(PREFIX + padded);
        message.put(body);
        return ByteString.copyFrom(message.array());
    }

    private static int field(FlatBufferBuilder builder, TableFieldSchema column) {
        if (!"REPEATED".equals(column.getMode())) {
            return element(builder, column.getName(), column, !"REQUIRED".equals(column.getMode()));
        }
        int item = element(builder, "item", column, true);
        int name = builder.createString(column.getName());
        int children = Field.createChildrenVector(builder, new int[] {item});
        org.apache.arrow.flatbuf.List.startList(builder);
        int type = org.apache.arrow.flatbuf.List.endList(builder);
        return Field.createField(builder, name, false, Type.List, type, 0, children, 0);
    }

    private static int element(FlatBufferBuilder builder, String label, TableFieldSchema column, boolean nullable) {
        FieldType type = FieldType.of(column.getType()).orElseThrow();
        int children = type == FieldType.STRUCT
                ? Field.createChildrenVector(
                        builder,
                        column.getFields().stream()
                                .mapToInt(field -> field(builder, field))
                                .toArray())
                : 0;
        int name = builder.createString(label);
        int metadata = metadata(builder, type);
        return Field.createField(builder, name, nullable, typeId(type), type(builder, type), 0, children, metadata);
    }

    /** The names by which BigQuery marks the types that Arrow does not have. */
    private static int metadata(FlatBufferBuilder builder, FieldType type) {
        String extension = switch (type) {
            case DATETIME -> "google:sqlType:datetime";
            case GEOGRAPHY -> "google:sqlType:geography";
            case JSON -> "google:sqlType:json";
            default -> "";
        };
        if (extension.isEmpty()) {
            return 0;
        }
        int pair = KeyValue.createKeyValue(
                builder, builder.createString("ARROW:extension:name"), builder.createString(extension));
        return Field.createCustomMetadataVector(builder, new int[] {pair});
    }

    private static byte typeId(FieldType type) {
        return switch (type) {
            case STRING, JSON, GEOGRAPHY -> Type.Utf8;
            case BYTES -> Type.Binary;
            case INT64 -> Type.Int;
            case FLOAT64 -> Type.FloatingPoint;
            case BOOL -> Type.Bool;
            case NUMERIC, BIGNUMERIC -> Type.Decimal;
            case DATE -> Type.Date;
            case TIME -> Type.Time;
            case DATETIME, TIMESTAMP -> Type.Timestamp;
            case STRUCT -> Type.Struct_;
        };
    }

    private static int type(FlatBufferBuilder builder, FieldType type) {
        switch (type) {
            case BYTES -> {
                Binary.startBinary(builder);
                return Binary.endBinary(builder);
            }
            case INT64 -> {
                return Int.createInt(builder, LONG_BITS, true);
            }
            case FLOAT64 -> {
                return FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE);
            }
            case BOOL -> {
                Bool.startBool(builder);
                return Bool.endBool(builder);
            }
            case NUMERIC -> {
                return Decimal.createDecimal(builder, 38, NUMERIC_SCALE, 128);
            }
            case BIGNUMERIC -> {
                return Decimal.createDecimal(builder, 76, BIGNUMERIC_SCALE, 256);
            }
            case DATE -> {
                return Date.createDate(builder, DateUnit.DAY);
            }
            case TIME -> {
                return Time.createTime(builder, TimeUnit.MICROSECOND, LONG_BITS);
            }
            case DATETIME -> {
                return Timestamp.createTimestamp(builder, TimeUnit.MICROSECOND, 0);
            }
            case TIMESTAMP -> {
                return Timestamp.createTimestamp(builder, TimeUnit.MICROSECOND, builder.createString("UTC"));
            }
            case STRUCT -> {
                Struct_.startStruct_(builder);
                return Struct_.endStruct_(builder);
            }
            default -> {
                Utf8.startUtf8(builder);
                return Utf8.endUtf8(builder);
            }
        }
    }
}
