package io.catalogconnect.localbigquery.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages, as Arrow's own classes read them. */
final class ArrowMessagesTest {

    private static Message message(ByteString bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(buffer.getInt()).isEqualTo(-1);
        assertThat(buffer.getInt() % 8).isZero();
        Message message = Message.getRootAsMessage(buffer.slice().order(ByteOrder.LITTLE_ENDIAN));
        assertThat(message.version()).isEqualTo(MetadataVersion.V5);
        return message;
    }

    private static String text(Field field) {
        String type = Type.name(field.typeType());
        if (field.type(new Decimal()) instanceof Decimal decimal && field.typeType() == Type.Decimal) {
            type += "(" + decimal.precision() + "," + decimal.scale() + "," + decimal.bitWidth() + ")";
        } else if (field.typeType() == Type.Timestamp && field.type(new Timestamp()) instanceof Timestamp timestamp) {
            type += "(" + timestamp.unit() + "," + timestamp.timezone() + ")";
        } else if (field.typeType() == Type.Time && field.type(new Time()) instanceof Time time) {
            type += "(" + time.unit() + "," + time.bitWidth() + ")";
        }
        StringBuilder text = new StringBuilder(field.name() + " " + type + (field.nullable() ? "?" : ""));
        for (int i = 0; i < field.childrenLength(); i++) {
            text.append(i == 0 ? "<" : ", ").append(text(field.children(i)));
        }
        text.append(field.childrenLength() == 0 ? "" : ">");
        for (int i = 0; i < field.customMetadataLength(); i++) {
            text.append(" ")
                    .append(field.customMetadata(i).key())
                    .append("=")
                    .append(field.customMetadata(i).value());
        }
        return text.toString();
    }

    private static String text(TableFieldSchema column) {
        Schema schema = (Schema) message(ArrowMessages.schema(List.of(column))).header(new Schema());
        assertThat(schema.fieldsLength()).isEqualTo(1);
        return text(schema.fields(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STRING     | Utf8",
                "BYTES      | Binary",
                "INTEGER    | Int",
                "FLOAT      | FloatingPoint",
                "BOOLEAN    | Bool",
                "NUMERIC    | Decimal(38,9,128)",
                "BIGNUMERIC | Decimal(76,38,256)",
                "DATE       | Date",
                "TIME       | Time(2,64)",
                "TIMESTAMP  | Timestamp(2,UTC)",
                "DATETIME   | Timestamp(2,null) ARROW:extension:name=google:sqlType:datetime",
                "JSON       | Utf8 ARROW:extension:name=google:sqlType:json",
                "GEOGRAPHY  | Utf8 ARROW:extension:name=google:sqlType:geography"
            })
    void columnHasTheTypeOfBigQuery(String type, String expected) {
        String nullable = expected.contains(" ") ? expected.replaceFirst(" ", "? ") : expected + "?";
        TableFieldSchema column = new TableFieldSchema().setName("c").setType(type);

        assertThat(text(column)).isEqualTo("c " + nullable);
        assertThat(text(column.clone().setMode("REQUIRED"))).isEqualTo("c " + expected);
        assertThat(text(column.clone().setMode("REPEATED"))).isEqualTo("c List<item " + nullable + ">");
    }

    @Test
    void structHasItsFields() {
        TableFieldSchema column = new TableFieldSchema()
                .setName("s")
                .setType("RECORD")
                .setMode("REPEATED")
                .setFields(List.of(
                        new TableFieldSchema().setName("x").setType("DATE"),
                        new TableFieldSchema().setName("l").setType("INTEGER").setMode("REPEATED")));

        assertThat(text(column)).isEqualTo("s List<item Struct_?<x Date?, l List<item Int?>>>");
    }

    @Test
    void recordBatchNamesItsNodesAndBuffers() {
        ArrowBody body = new ArrowBody();
        body.add(
                new TableFieldSchema().setType("INTEGER"),
                com.google.gson.JsonParser.parseString("[1, null]")
                        .getAsJsonArray()
                        .asList());

        Message message = message(ArrowMessages.recordBatch(2, body));
        RecordBatch batch = (RecordBatch) message.header(new RecordBatch());

        assertThat(message.bodyLength()).isEqualTo(24);
        assertThat(batch.length()).isEqualTo(2);
        assertThat(batch.nodes(0).length()).isEqualTo(2);
        assertThat(batch.nodes(0).nullCount()).isEqualTo(1);
        assertThat(batch.buffers(0).length()).isEqualTo(1);
        assertThat(batch.buffers(1).offset()).isEqualTo(8);
        assertThat(batch.buffers(1).length()).isEqualTo(16);
    }
}
