package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonElement;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.InvalidValueException;
import io.catalogconnect.localbigquery.store.TextValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The narrowest type that holds all values seen so far. Values without a common type make a STRING. */
final class DetectedType {

    private static final Pattern DATE_AND_TIME = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}[ T]\\d.*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private Optional<FieldType> type = Optional.empty();
    private boolean repeated;
    private final Map<String, DetectedType> fields = new LinkedHashMap<>();

    /** Adds a value of a JSON row; null says nothing about the type. */
    void addJson(JsonElement value) {
        if (value.isJsonArray()) {
            repeated = true;
            value.getAsJsonArray().forEach(this::addJson);
        } else if (value.isJsonObject()) {
            add(FieldType.STRUCT);
            value.getAsJsonObject()
                    .entrySet()
                    .forEach(member -> fields.computeIfAbsent(member.getKey(), name -> new DetectedType())
                            .addJson(member.getValue()));
        } else if (value.isJsonPrimitive()) {
            addText(value.getAsString());
        }
    }

    /** Adds a value of a CSV row. */
    void addText(String text) {
        add(typeOf(text));
    }

    private void add(FieldType other) {
        type = Optional.of(type.map(before -> common(before, other)).orElse(other));
    }

    private static FieldType common(FieldType a, FieldType b) {
        if (a == b) {
            return a;
        }
        if (isNumber(a) && isNumber(b)) {
            return FieldType.FLOAT64;
        }
        return isDateOrTimestamp(a) && isDateOrTimestamp(b) ? FieldType.TIMESTAMP : FieldType.STRING;
    }

    private static boolean isNumber(FieldType type) {
        return type == FieldType.INT64 || type == FieldType.FLOAT64;
    }

    private static boolean isDateOrTimestamp(FieldType type) {
        return type == FieldType.DATE || type == FieldType.TIMESTAMP;
    }

    private static FieldType typeOf(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("true") || lower.equals("false")) {
            return FieldType.BOOL;
        }
        if (NUMBER.matcher(text).matches()) {
            return is(FieldType.INT64, text) ? FieldType.INT64 : FieldType.FLOAT64;
        }
        if (DATE_AND_TIME.matcher(text).matches()) {
            return is(FieldType.TIMESTAMP, text) ? FieldType.TIMESTAMP : FieldType.STRING;
        }
        if (is(FieldType.DATE, text)) {
            return FieldType.DATE;
        }
        return is(FieldType.TIME, text) ? FieldType.TIME : FieldType.STRING;
    }

    private static boolean is(FieldType type, String text) {
        try {
            TextValues.parse(type, text);
            return true;
        } catch (InvalidValueException e) {
            return false;
        }
    }

    /** Whether only texts were seen, or no value at all. */
    boolean isText() {
        return type.orElse(FieldType.STRING) == FieldType.STRING;
    }

    /** The name of a column of a file without header. */
    String defaultName(int position) {
        String kind = switch (type.orElse(FieldType.STRING)) {
            case INT64 -> "int64";
            case FLOAT64 -> "double";
            default -> type.orElse(FieldType.STRING).name().toLowerCase(Locale.ROOT);
        };
        return kind + "_field_" + position;
    }

    /** A field of this type. */
    TableFieldSchema field(String name) {
        TableFieldSchema field = new TableFieldSchema()
                .setName(name)
                .setType(type.orElse(FieldType.STRING).restName())
                .setMode(repeated ? "REPEATED" : "NULLABLE");
        return type.orElse(FieldType.STRING) == FieldType.STRUCT ? field.setFields(fields()) : field;
    }

    /** The fields of the objects seen so far. */
    List<TableFieldSchema> fields() {
        List<TableFieldSchema> list = new ArrayList<>();
        fields.forEach((name, detected) -> list.add(detected.field(name)));
        return list;
    }
}
