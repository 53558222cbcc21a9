package io.catalogconnect.contract.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column in its different notations.
 *
 * @param source type in a declaration of the source, without options of the form
 * @param field kind of the field in a declaration of the transformations
 * @param bigQuery type of the BigQuery column, as in {@code NUMERIC(12,2)}
 */
public record ColumnKind(String source, String field, String bigQuery) {
    /** The physical types, for messages. */
    public static final List<String> PHYSICAL_TYPES = List.of(
            "STRING", "INT64", "FLOAT64", "BOOL", "BYTES", "DATE", "TIMESTAMP", "NUMERIC(p,s)", "BIGNUMERIC(p,s)");

    private static final Pattern DECIMAL = Pattern.compile("(NUMERIC|BIGNUMERIC)\\((\\d{1,2}),\\s*(\\d{1,2})\\)");

    /** The type for a pair of logical and physical type; null if the two do not fit together. */
    public static @Nullable ColumnKind of(String logicalType, String physicalType) {
        return switch (logicalType + " " + physicalType) {
            case "string STRING" -> new ColumnKind("string", "string", "STRING");
            case "string BYTES" -> new ColumnKind("bytes", "bytes", "BYTES");
            case "integer INT64" -> new ColumnKind("int64", "int64", "INT64");
            case "number FLOAT64" -> new ColumnKind("float64", "float64", "FLOAT64");
            case "boolean BOOL" -> new ColumnKind("boolean", "boolean", "BOOL");
            case "date DATE" -> new ColumnKind("date", "date", "DATE");
            case "timestamp TIMESTAMP" -> new ColumnKind("timestamp", "timestamp", "TIMESTAMP");
            default -> logicalType.equals("number") ? decimal(physicalType) : null;
        };
    }

    private static @Nullable ColumnKind decimal(String physicalType) {
        Matcher decimal = DECIMAL.matcher(physicalType);
        if (!decimal.matches()) {
            return null;
        }
        int precision = Integer.parseInt(decimal.group(2));
        int scale = Integer.parseInt(decimal.group(3));
        boolean numeric = decimal.group(1).equals("NUMERIC");
        boolean fits = numeric
                ? scale <= 9 && precision - scale <= 29 && precision >= scale
                : scale <= 38 && precision <= 38 && precision >= scale && (scale > 9 || precision - scale > 29);
        String digits = "(" + precision + "," + scale + ")";
        return fits ? new ColumnKind("decimal" + digits, "decimal", decimal.group(1) + digits) : null;
    }

    /** The type of a column whose cells have a form, as in {@code date(dd.MM.yyyy)}. */
    public String sourceWith(String form) {
        if (form.isEmpty()) {
            return source;
        }
        return source.endsWith(")")
                ? source.substring(0, source.length() - 1) + ";" + form + ")"
                : source + "(" + form + ")";
    }
}
