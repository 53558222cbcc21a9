package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Column.Origin;
import io.catalogconnect.contract.model.ColumnKind;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.report.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value schemas of the topics as Avro. */
final class AvroSchemas {
    private static final String DEFAULT_NAME = "io.catalogconnect.Row";
    private static final String CONNECT = "org.apache.kafka.connect.data.";

    private AvroSchemas() {}

    /** One schema for each topic, named after its subject. Empty if the records are JSON. */
    static List<RenderedFile> of(Contract contract, Environment environment) {
        if (!environment.stream().format().equals("avro")) {
            return List.of();
        }
        String recordName = contract.product().recordName();
        String name = recordName.isEmpty() ? DEFAULT_NAME : recordName;
        return contract.objects().stream()
                .map(object -> new RenderedFile(object.topic() + "-value.avsc", JsonText.of(schema(name, object))))
                .toList();
    }

    private static Map<String, Object> schema(String name, DataObject object) {
        int dot = name.lastIndexOf('.');
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "record");
        schema.put("name", name.substring(dot + 1));
        if (dot > 0) {
            schema.put("namespace", name.substring(0, dot));
        }
        if (!object.description().isEmpty()) {
            schema.put("doc", object.description());
        }
        List<Object> fields = new ArrayList<>();
        object.columns().stream()
                .filter(column -> column.origin() != Origin.HEADER)
                .forEach(column -> fields.add(field(column)));
        schema.put("fields", fields);
        return schema;
    }

    private static Map<String, @Nullable Object> field(Column column) {
        Object type = type(column);
        Map<String, @Nullable Object> field = new LinkedHashMap<>();
        field.put("name", column.name());
        if (!column.description().isEmpty()) {
            field.put("doc", column.description());
        }
        field.put("type", column.required() ? type : List.of("null", type));
        if (!column.required()) {
            field.put("default", null);
        }
        return field;
    }

    private static Object type(Column column) {
        ColumnKind kind = column.kind();
        if (kind == null) {
            throw new IllegalStateException("Column " + column.name() + " has no valid type; lint the contract first");
        }
        return switch (kind.field()) {
            case "int64" -> "long";
            case "float64" -> "double";
            case "date" -> logical("int", "date", "Date");
            case "timestamp" -> logical("long", "timestamp-millis", "Timestamp");
            case "decimal" -> decimal(kind.source());
            default -> kind.field();
        };
    }

    private static Map<String, Object> logical(String type, String logicalType, String connectName) {
        Map<String, Object> logical = new LinkedHashMap<>();
        logical.put("type", type);
        logical.put("connect.version", 1);
        logical.put("connect.name", CONNECT + connectName);
        logical.put("logicalType", logicalType);
        return logical;
    }

    private static Map<String, Object> decimal(String source) {
        List<String> numbers = Arrays.asList(source.replaceAll("[^0-9,]", "").split(",", -1));
        Map<String, Object> decimal = logical("bytes", "decimal", "Decimal");
        decimal.put("precision", Integer.valueOf(numbers.get(0)));
        decimal.put("scale", Integer.valueOf(numbers.get(1)));
        decimal.put("connect.parameters", Map.of("scale", numbers.get(1)));
        return decimal;
    }
}
