package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.store.Column.Mode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the columns of a schema. */
public final class ColumnRules {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}\\p{M}_ \\-&%=+:'<>#|]{0,299}");
    private static final int MAX_LEAVES = 10_000;
    private static final List<String> RESERVED =
            List.of("_table_", "_file_", "_partition", "_row_timestamp", "__root__", "_colidentifier");

    private ColumnRules() {}

    static List<Column> columns(@Nullable List<TableFieldSchema> schema) {
        List<TableFieldSchema> fields = schema == null ? List.of() : schema;
        Set<String> seen = new HashSet<>();
        for (TableFieldSchema field : fields) {
            if (field.getName() != null && !seen.add(field.getName().toLowerCase(Locale.ROOT))) {
                throw StoreException.invalid("Duplicate field names found in the schema: " + field.getName());
            }
        }
        return fields.stream().map(ColumnRules::column).toList();
    }

    /** Refuses a schema with more fields than BigQuery permits. */
    static void checkCount(List<Column> columns) {
        long leaves = leaves(columns);
        if (leaves > MAX_LEAVES) {
            throw StoreException.invalid(
                    "Too many total leaf fields: " + leaves + ", max allowed field count: " + MAX_LEAVES);
        }
    }

    private static long leaves(List<Column> columns) {
        return columns.stream()
                .mapToLong(column -> column.fields().isEmpty() ? 1 : leaves(column.fields()))
                .sum();
    }

    /** Reads a field of a REST schema. @throws StoreException when BigQuery or local-bigquery does not support such a column */
    public static Column column(TableFieldSchema schema) {
        String name = schema.getName();
        if (name == null || !NAME.matcher(name).matches()) {
            throw StoreException.invalid("Invalid field name \"" + name
                    + "\". Fields must contain the allowed characters, and be at most 300"
                    + " characters long. For allowed characters, please refer to"
                    + " https://cloud.google.com/bigquery/docs/schemas#column_names");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (RESERVED.stream().anyMatch(lower::startsWith)) {
            throw StoreException.invalid(
                    "Invalid field name \"" + name + "\". Field names are not allowed to start with the"
                            + " (case-insensitive) prefixes _PARTITION, _TABLE_, _FILE_, _ROW_TIMESTAMP, __ROOT__ and _COLIDENTIFIER");
        }
        FieldType type = Optional.ofNullable(schema.getType())
                .flatMap(FieldType::of)
                .orElseThrow(() -> StoreException.invalid("Field " + name + ": type " + schema.getType()
                        + " is not supported by local-bigquery. Use STRING, BYTES, INT64, FLOAT64, BOOL, NUMERIC, BIGNUMERIC, DATE,"
                        + " DATETIME, TIME, TIMESTAMP, JSON, GEOGRAPHY or STRUCT."));
        List<Column> fields = columns(schema.getFields());
        if (type == FieldType.STRUCT && fields.isEmpty()) {
            throw StoreException.invalid("Field " + name + " is type RECORD but has no schema");
        }
        if (type != FieldType.STRUCT && !fields.isEmpty()) {
            throw StoreException.invalid("Field " + name + " is type " + type.restName() + " and cannot have fields");
        }
        int precision = Math.toIntExact(number(schema.getPrecision()));
        int scale = Math.toIntExact(number(schema.getScale()));
        checkDigits(name, type, precision, scale);
        int maxLength = Math.toIntExact(number(schema.getMaxLength()));
        if (maxLength > 0 && type != FieldType.STRING && type != FieldType.BYTES) {
            throw StoreException.invalid("Field " + name + " of type " + type.restName() + " cannot have a maxLength");
        }
        Column column = new Column(
                name,
                type,
                mode(name, schema.getMode()),
                maxLength,
                precision,
                scale,
                fields,
                Optional.ofNullable(schema.getDefaultValueExpression()));
        ColumnDefault.of(column);
        return column;
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static Mode mode(String name, @Nullable String mode) {
        return switch (mode == null || mode.isEmpty() ? "NULLABLE" : mode.toUpperCase(Locale.ROOT)) {
            case "NULLABLE" -> Mode.NULLABLE;
            case "REQUIRED" -> Mode.REQUIRED;
            case "REPEATED" -> Mode.REPEATED;
            default ->
                throw StoreException.invalid(
                        "Invalid mode " + mode + " for field " + name + ". Use NULLABLE, REQUIRED or REPEATED.");
        };
    }

    private static void checkDigits(String name, FieldType type, int precision, int scale) {
        if (precision == 0 && scale == 0) {
            return;
        }
        int wholeLimit = type == FieldType.NUMERIC ? 29 : 38;
        int scaleLimit = type == FieldType.NUMERIC ? 9 : 38;
        if ((type != FieldType.NUMERIC && type != FieldType.BIGNUMERIC)
                || scale < 0
                || scale > scaleLimit
                || precision - scale < (scale == 0 ? 1 : 0)
                || precision - scale > wholeLimit) {
            throw StoreException.invalid("Field " + name + " of type " + type.restName() + " cannot have precision "
                    + precision + " and scale " + scale);
        }
        if (precision > 38) {
            throw StoreException.invalid(
                    "Field " + name + ": local-bigquery stores at most 38 digits of a BIGNUMERIC; precision "
                            + precision + " is too large");
        }
    }
}
