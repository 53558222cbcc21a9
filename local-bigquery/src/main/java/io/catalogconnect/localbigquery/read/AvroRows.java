package io.catalogconnect.localbigquery.read;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.AvroSchema;
import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import io.catalogconnect.localbigquery.store.FieldType;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/** Rows in Avro's binary encoding, without the header of a file. */
final class AvroRows implements RowEncoder {

    private final List<TableFieldSchema> schema;
    private final AvroSchema avro;

    AvroRows(List<TableFieldSchema> schema) {
        this.schema = schema;
        this.avro = AvroSchema.newBuilder()
                .setSchema(record("__root__", schema).toString())
                .build();
    }

    @Override
    public void describe(ReadSession.Builder session) {
        session.setAvroSchema(avro);
    }

    @Override
    public void describe(ReadRowsResponse.Builder response) {
        response.setAvroSchema(avro);
    }

    @Override
    public void encode(List<JsonArray> rows, ReadRowsResponse.Builder response) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        rows.forEach(row -> writeRecord(out, schema, row));
        response.setAvroRows(com.google.cloud.bigquery.storage.v1.AvroRows.newBuilder()
                .setSerializedBinaryRows(ByteString.copyFrom(out.toByteArray())));
        response.setUncompressedByteSize(out.size());
    }

    private static JsonObject record(String name, List<TableFieldSchema> fields) {
        JsonArray list = new JsonArray();
        for (int i = 0; i < fields.size(); i++) {
            TableFieldSchema field = fields.get(i);
            // The name of a record must be unique in the schema.
            JsonElement type = type(name + "_" + i, field);
            JsonObject entry = new JsonObject();
            entry.addProperty("name", field.getName());
            if ("REPEATED".equals(field.getMode())) {
                JsonObject array = new JsonObject();
                array.addProperty("type", "array");
                array.add("items", type);
                entry.add("type", array);
            } else if ("REQUIRED".equals(field.getMode())) {
                entry.add("type", type);
            } else {
                JsonArray union = new JsonArray();
                union.add("null");
                union.add(type);
                entry.add("type", union);
            }
            list.add(entry);
        }
        JsonObject record = new JsonObject();
        record.addProperty("type", "record");
        record.addProperty("name", name);
        record.add("fields", list);
        return record;
    }

    private static JsonElement type(String recordName, TableFieldSchema field) {
        return switch (fieldType(field)) {
            case STRUCT -> record(recordName, field.getFields());
            case STRING -> new JsonPrimitive("string");
            case BYTES -> new JsonPrimitive("bytes");
            case INT64 -> new JsonPrimitive("long");
            case FLOAT64 -> new JsonPrimitive("double");
            case BOOL -> new JsonPrimitive("boolean");
            case NUMERIC -> decimal(38, ArrowMessages.NUMERIC_SCALE);
            case BIGNUMERIC -> decimal(77, ArrowMessages.BIGNUMERIC_SCALE);
            case DATE -> annotated("int", "logicalType", "date");
            case TIME -> annotated("long", "logicalType", "time-micros");
            case TIMESTAMP -> annotated("long", "logicalType", "timestamp-micros");
            case DATETIME -> annotated("string", "logicalType", "datetime");
            case JSON -> annotated("string", "sqlType", "JSON");
            case GEOGRAPHY -> annotated("string", "sqlType", "GEOGRAPHY");
        };
    }

    private static JsonObject annotated(String type, String property, String value) {
        JsonObject annotated = new JsonObject();
        annotated.addProperty("type", type);
        annotated.addProperty(property, value);
        return annotated;
    }

    private static JsonObject decimal(int precision, int scale) {
        JsonObject decimal = annotated("bytes", "logicalType", "decimal");
        decimal.addProperty("precision", precision);
        decimal.addProperty("scale", scale);
        return decimal;
    }

    private static FieldType fieldType(TableFieldSchema field) {
        return FieldType.of(field.getType()).orElseThrow();
    }

    private static void writeRecord(ByteArrayOutputStream out, List<TableFieldSchema> fields, JsonArray values) {
        for (int i = 0; i < fields.size(); i++) {
            TableFieldSchema field = fields.get(i);
            JsonElement value = values.get(i);
            if ("REPEATED".equals(field.getMode())) {
                writeArray(out, field, value.isJsonNull() ? new JsonArray() : value.getAsJsonArray());
                continue;
            }
            if (!"REQUIRED".equals(field.getMode())) {
                writeLong(out, value.isJsonNull() ? 0 : 1);
            }
            if (!value.isJsonNull()) {
                writeValue(out, field, value);
            }
        }
    }

    private static void writeArray(ByteArrayOutputStream out, TableFieldSchema field, JsonArray elements) {
        if (!elements.isEmpty()) {
            writeLong(out, elements.size());
            elements.forEach(element -> writeValue(out, field, element));
        }
        writeLong(out, 0);
    }

    private static void writeValue(ByteArrayOutputStream out, TableFieldSchema field, JsonElement value) {
        switch (fieldType(field)) {
            case STRUCT -> writeRecord(out, field.getFields(), value.getAsJsonArray());
            case STRING, JSON, GEOGRAPHY -> writeText(out, value.getAsString());
            case BYTES -> writeBytes(out, Base64.getDecoder().decode(value.getAsString()));
            case INT64, TIMESTAMP -> writeLong(out, value.getAsLong());
            case FLOAT64 ->
                out.writeBytes(ByteBuffer.allocate(Double.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putDouble(Double.parseDouble(value.getAsString()))
                        .array());
            case BOOL -> out.write(value.getAsBoolean() ? 1 : 0);
            case NUMERIC -> writeDecimal(out, value, ArrowMessages.NUMERIC_SCALE);
            case BIGNUMERIC -> writeDecimal(out, value, ArrowMessages.BIGNUMERIC_SCALE);
            case DATE -> writeLong(out, LocalDate.parse(value.getAsString()).toEpochDay());
            case TIME -> writeLong(out, LocalTime.parse(value.getAsString()).toNanoOfDay() / 1000);
            case DATETIME ->
                writeText(
                        out,
                        DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(
                                Instant.EPOCH.plus(value.getAsLong(), ChronoUnit.MICROS), ZoneOffset.UTC)));
        }
    }

    private static void writeDecimal(ByteArrayOutputStream out, JsonElement value, int scale) {
        writeBytes(
                out,
                new BigDecimal(value.getAsString())
                        .setScale(scale)
                        .unscaledValue()
                        .toByteArray());
    }

    private static void writeText(ByteArrayOutputStream out, String text) {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeBytes(ByteArrayOutputStream out, byte[] bytes) {
        writeLong(out, bytes.length);
        out.writeBytes(bytes);
    }

    /** A zigzag varint. */
    private static void writeLong(ByteArrayOutputStream out, long value) {
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
