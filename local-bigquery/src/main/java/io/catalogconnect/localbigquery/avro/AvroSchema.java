package io.catalogconnect.localbigquery.avro;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses the schema of an Avro file. The limits of BigQuery for columns hold here, because a small schema can describe any number of them. */
final class AvroSchema {

    private static final int MAX_COLUMNS = 10_000;
    private static final int MAX_DEPTH = 15;
    private static final AvroType TEXT = AvroType.scalar("STRING", 1, AvroInput::readString);

    private final boolean logicalTypes;
    /** The types that have a name. A record that is not complete has no type yet. */
    private final Map<String, Optional<AvroType>> named = new HashMap<>();

    AvroSchema(boolean logicalTypes) {
        this.logicalTypes = logicalTypes;
    }

    /** The type of the rows. */
    AvroType parse(String json) {
        JsonElement schema;
        try {
            schema = JsonParser.parseString(json);
        } catch (JsonParseException e) {
            throw invalid("it is not JSON");
        }
        if (!schema.isJsonObject() || !"record".equals(text(schema.getAsJsonObject(), "type", ""))) {
            throw new AvroException("Unsupported: the schema of the Avro file is not a record");
        }
        AvroType type = record(schema.getAsJsonObject(), "", "");
        if (type.minBytes() == 0) {
            throw new AvroException("Schema has no fields");
        }
        return type;
    }

    private static AvroException invalid(String reason) {
        return new AvroException("The schema of the Avro file is invalid: " + reason);
    }

    private AvroType type(JsonElement schema, String namespace, String path) {
        if (schema.isJsonArray()) {
            return union(schema.getAsJsonArray(), namespace, path);
        }
        if (schema.isJsonObject()) {
            JsonElement type = member(schema.getAsJsonObject(), "type", path);
            return type.isJsonPrimitive()
                    ? complex(type.getAsString(), schema.getAsJsonObject(), namespace, path)
                    : type(type, namespace, path);
        }
        if (!schema.isJsonPrimitive()) {
            throw invalid("field " + path + " has no type");
        }
        return complex(schema.getAsString(), new JsonObject(), namespace, path);
    }

    private AvroType complex(String type, JsonObject schema, String namespace, String path) {
        return switch (type) {
            case "record", "error" -> record(schema, namespace, path);
            case "array" -> array(type(member(schema, "items", path), namespace, path), path);
            case "map" -> map(type(member(schema, "values", path), namespace, path), path);
            case "enum" -> name(schema, namespace, enumeration(schema, path));
            case "fixed" -> name(schema, namespace, fixed(schema, path));
            default -> {
                AvroType scalar = scalar(type, schema, path);
                yield scalar == null ? reference(type, namespace, path) : scalar;
            }
        };
    }

    private @Nullable AvroType scalar(String type, JsonObject schema, String path) {
        String logical = logicalTypes ? text(schema, "logicalType", "") : "";
        return switch (type) {
            case "null" -> AvroType.NULL;
            case "boolean" -> AvroType.scalar("BOOLEAN", 1, AvroInput::readBoolean);
            case "int" -> LogicalTypes.ofInt(logical);
            case "long" -> LogicalTypes.ofLong(logical);
            case "float" -> AvroType.scalar("FLOAT", Float.BYTES, AvroInput::readFloat);
            case "double" -> AvroType.scalar("FLOAT", Double.BYTES, AvroInput::readDouble);
            case "bytes" -> decimal(schema, path, 1, AvroInput::readBytes);
            case "string" -> logical.equals("datetime") ? LogicalTypes.DATETIME_TEXT : TEXT;
            default -> null;
        };
    }

    private AvroType decimal(JsonObject schema, String path, int minBytes, LogicalTypes.Bytes bytes) {
        if (!logicalTypes || !text(schema, "logicalType", "").equals("decimal")) {
            return AvroType.scalar("BYTES", minBytes, bytes::read);
        }
        return LogicalTypes.decimal(number(schema, "precision", path), number(schema, "scale", path), minBytes, bytes);
    }

    private AvroType fixed(JsonObject schema, String path) {
        int size = number(schema, "size", path);
        if (size == 0) {
            throw invalid("field " + path + " has the size 0");
        }
        return decimal(schema, path, size, in -> in.readFixed(size));
    }

    private static AvroType enumeration(JsonObject schema, String path) {
        List<String> symbols = new ArrayList<>();
        for (JsonElement symbol : list(schema, "symbols", path)) {
            symbols.add(symbol.isJsonPrimitive() ? symbol.getAsString() : "");
        }
        return AvroType.scalar("STRING", 1, in -> {
            int index = in.readInt();
            if (index < 0 || index >= symbols.size()) {
                throw new AvroException("The enumeration of field " + path + " has no symbol " + index);
            }
            return symbols.get(index);
        });
    }

    private AvroType union(JsonArray branches, String namespace, String path) {
        int valueIndex = -1;
        int nullIndex = -1;
        AvroType value = AvroType.NULL;
        for (int i = 0; i < branches.size(); i++) {
            AvroType branch = type(branches.get(i), namespace, path);
            if (branch.equals(AvroType.NULL)) {
                nullIndex = i;
            } else if (valueIndex >= 0) {
                throw AvroException.unsupported(path, "a union of several types");
            } else {
                valueIndex = i;
                value = branch;
            }
        }
        AvroValue reader = value.value();
        int valueAt = valueIndex;
        int nullAt = nullIndex;
        return value.inUnion(nullIndex >= 0, in -> {
            int index = in.readInt();
            if (index < 0 || (index != valueAt && index != nullAt)) {
                throw new AvroException("The union of field " + path + " has no type " + index);
            }
            return index == nullAt ? null : reader.read(in);
        });
    }

    private static AvroType array(AvroType items, String path) {
        if (items.isRepeated()) {
            throw AvroException.unsupported(path, "an array of arrays");
        }
        if (items.field() == null || items.minBytes() == 0) {
            throw AvroException.unsupported(path, "an array whose elements are always null or empty");
        }
        AvroValue element = items.value();
        return items.repeated(in -> AvroType.readList(in, element));
    }

    /** A map is encoded as an array of records, and is loaded so. */
    private static AvroType map(AvroType values, String path) {
        if (values.field() == null) {
            throw AvroException.unsupported(path, "a map whose values are always null");
        }
        return array(record(List.of("key", "value"), List.of(TEXT, values), path), path);
    }

    private AvroType record(JsonObject schema, String namespace, String path) {
        String name = fullName(text(schema, "name", ""), text(schema, "namespace", namespace));
        String inner = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
        if (named.putIfAbsent(name, Optional.empty()) != null) {
            throw invalid("the name " + name + " is defined twice");
        }
        List<String> names = new ArrayList<>();
        List<AvroType> types = new ArrayList<>();
        for (JsonElement field : list(schema, "fields", path)) {
            if (!field.isJsonObject()) {
                throw invalid("a field of record " + name + " is not an object");
            }
            String fieldName = text(field.getAsJsonObject(), "name", "");
            String fieldPath = path.isEmpty() ? fieldName : path + "." + fieldName;
            names.add(fieldName);
            types.add(type(member(field.getAsJsonObject(), "type", fieldPath), inner, fieldPath));
        }
        AvroType type = record(names, types, path);
        named.put(name, Optional.of(type));
        return type;
    }

    private static AvroType record(List<String> names, List<AvroType> types, String path) {
        long columns = types.stream().mapToLong(AvroType::columns).sum();
        int depth = 1 + types.stream().mapToInt(AvroType::depth).max().orElse(0);
        if (columns > MAX_COLUMNS) {
            throw new AvroException(
                    "Too many total leaf fields: " + columns + ", max allowed field count: " + MAX_COLUMNS);
        }
        if (depth > MAX_DEPTH) {
            throw new AvroException("Field " + path + " is nested too deeply. The limit is " + MAX_DEPTH + " levels");
        }
        List<TableFieldSchema> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            TableFieldSchema field = types.get(i).field();
            if (field != null) {
                fields.add(field.clone().setName(names.get(i)));
            }
        }
        int minBytes = types.stream().mapToInt(AvroType::minBytes).reduce(0, AvroSchema::addBytes);
        // A type without bytes is null, or a record of nulls.
        List<AvroType> encoded =
                types.stream().filter(type -> type.minBytes() > 0).toList();
        int values = fields.size();
        TableFieldSchema column = fields.isEmpty()
                ? null
                : new TableFieldSchema().setType("RECORD").setMode("REQUIRED").setFields(fields);
        return new AvroType(column, in -> read(in, encoded, values), minBytes, columns, depth);
    }

    private static int addBytes(int sum, int more) {
        return (int) Math.min((long) sum + more, Integer.MAX_VALUE);
    }

    private static @Nullable Object[] read(AvroInput in, List<AvroType> types, int count) {
        in.count(types.size());
        @Nullable Object[] values = new Object[count];
        int i = 0;
        for (AvroType type : types) {
            Object value = type.value().read(in);
            if (type.field() != null) {
                values[i++] = value;
            }
        }
        return values;
    }

    private AvroType name(JsonObject schema, String namespace, AvroType type) {
        named.put(fullName(text(schema, "name", ""), text(schema, "namespace", namespace)), Optional.of(type));
        return type;
    }

    private AvroType reference(String name, String namespace, String path) {
        Optional<AvroType> found = named.get(fullName(name, namespace));
        if (found == null) {
            found = named.get(name);
        }
        if (found == null) {
            throw invalid("field " + path + " has the unknown type " + name);
        }
        return found.orElseThrow(() -> AvroException.unsupported(path, "a record that contains itself"));
    }

    private static String fullName(String name, String namespace) {
        return name.contains(".") || namespace.isEmpty() ? name : namespace + "." + name;
    }

    private static String text(JsonObject schema, String key, String otherwise) {
        JsonElement value = schema.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : otherwise;
    }

    private static int number(JsonObject schema, String key, String path) {
        String text = text(schema, key, "0");
        if (!text.matches("[0-9]{1,9}")) {
            throw invalid("field " + path + " has the " + key + " " + text);
        }
        return Integer.parseInt(text);
    }

    private static JsonElement member(JsonObject schema, String key, String path) {
        JsonElement value = schema.get(key);
        if (value == null) {
            throw invalid("field " + path + " has no " + key);
        }
        return value;
    }

    private static JsonArray list(JsonObject schema, String key, String path) {
        JsonElement value = member(schema, key, path);
        if (!value.isJsonArray()) {
            throw invalid("the " + key + " of field " + path + " are not a list");
        }
        return value.getAsJsonArray();
    }
}
