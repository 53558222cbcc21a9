package io.catalogconnect.localbigquery.sql.types;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import java.util.Locale;

/** CAST and SAFE_CAST. Text is checked against BigQuery's formats first, because DuckDB accepts more formats. */
public final class Casts {

    private static final String INTEGER = "\\s*[+-]?[0-9]+\\s*";
    private static final String FLOATING =
            "(?i)\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?\\s*|\\s*[+-]?(inf|infinity|nan)\\s*";
    private static final String DATE = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}";
    private static final String TIME = "([01]?[0-9]|2[0-3]):[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]{1,6})?";
    private static final String DATETIME = DATE + "([ Tt]" + TIME + ")?";
    private static final String TIMESTAMP = DATETIME + "([Zz]|[+-][0-9]{2}(:[0-9]{2})?)?";

    private Casts() {}

    public static TypedSql cast(TypedSql value, DataType target, boolean safe) {
        DataType from = value.type();
        if (value.isNull()) {
            return Literals.nullOf(target);
        }
        if (from.equals(target)) {
            return new TypedSql(value.sql(), target);
        }
        TypedSql empty = from.isArray() ? Coercions.to(value, target) : null;
        String sql = empty == null ? sql(value.sql(), from, target, safe) : empty.sql();
        if (sql.isEmpty()) {
            boolean known = !from.isArray() && !from.isStruct() && !target.isArray() && !target.isStruct();
            throw known
                    ? new SqlError("Invalid cast from " + from + " to " + target)
                    : SqlError.unsupported("CAST from " + from + " to " + target);
        }
        return new TypedSql(sql, target);
    }

    private static String sql(String sql, DataType from, DataType target, boolean safe) {
        if (from.is(Kind.STRING)) {
            return fromString(sql, target, safe);
        }
        if (target.is(Kind.STRING)) {
            return toText(sql, from);
        }
        String plain = (safe ? "TRY_CAST(" : "CAST(") + sql + " AS " + target.duckType() + ")";
        return switch (from.kind()) {
            case INT64 -> target.isNumber() || target.is(Kind.BOOL) ? plain : "";
            case BOOL -> target.is(Kind.INT64) ? plain : "";
            case FLOAT64 -> fromFloat(sql, target, safe);
            case NUMERIC, BIGNUMERIC -> target.isNumber() ? plain : "";
            case BYTES -> "";
            case DATE -> target.is(Kind.DATETIME) || target.is(Kind.TIMESTAMP) ? plain : "";
            case DATETIME -> target.is(Kind.DATE) || target.is(Kind.TIME) || target.is(Kind.TIMESTAMP) ? plain : "";
            case TIMESTAMP ->
                target.is(Kind.DATE) || target.is(Kind.TIME) || target.is(Kind.DATETIME)
                        ? "CAST(timezone('UTC', " + sql + ") AS " + target.duckType() + ")"
                        : "";
            default -> "";
        };
    }

    private static String fromFloat(String sql, DataType target, boolean safe) {
        if (target.isDecimal()) {
            return tried(exact("of_float", target, sql), safe);
        }
        if (!target.is(Kind.INT64)) {
            return "";
        }
        String whole = "TRY_CAST(round(" + sql + ") AS BIGINT)";
        String shown = errorText(sql);
        return safe
                ? whole
                : "CASE WHEN NOT isfinite(" + sql
                        + ") THEN error('Illegal conversion of non-finite floating point number to an integer: ' || "
                        + shown + ") WHEN " + sql + " IS NOT NULL THEN coalesce(" + whole
                        + ", error('int64 out of range: ' || " + shown + ")) END";
    }

    private static String exact(String function, DataType type, String sql) {
        return "bq_" + type.kind().name().toLowerCase(Locale.ROOT) + "_" + function + "(" + sql + ")";
    }

    private static String tried(String sql, boolean safe) {
        return safe ? "TRY(" + sql + ")" : sql;
    }

    /** A FLOAT64 with six digits, as in error messages. */
    public static String errorText(String sql) {
        return "format('{:.6g}', CAST(" + sql + " AS DOUBLE))";
    }

    private static String fromString(String sql, DataType target, boolean safe) {
        return switch (target.kind()) {
            case INT64 -> guarded(sql, INTEGER, "CAST(trim(" + sql + ") AS BIGINT)", "Bad int64 value: ", safe);
            case FLOAT64 -> guarded(sql, FLOATING, "CAST(trim(" + sql + ") AS DOUBLE)", "Bad double value: ", safe);
            case NUMERIC, BIGNUMERIC -> tried(exact("of_text", target, sql), safe);
            case BOOL -> guarded(sql, "(?i)true|false", "CAST(" + sql + " AS BOOLEAN)", "Bad bool value: ", safe);
            case BYTES -> "encode(" + sql + ")";
            case DATE -> guarded(sql, DATE, "CAST(" + sql + " AS DATE)", "Invalid date: ", safe);
            case TIME -> guarded(sql, TIME, "CAST(" + sql + " AS TIME)", "Invalid time string ", safe);
            case DATETIME -> guarded(sql, DATETIME, "CAST(" + sql + " AS TIMESTAMP)", "Invalid datetime string ", safe);
            case TIMESTAMP -> guarded(sql, TIMESTAMP, "CAST(" + sql + " AS TIMESTAMPTZ)", "Invalid timestamp: ", safe);
            default -> "";
        };
    }

    private static String guarded(String sql, String pattern, String cast, String message, boolean safe) {
        String matches = "regexp_full_match(" + sql + ", '" + pattern + "')";
        String quote = message.startsWith("Bad") ? "" : message.endsWith(" string ") ? "\"" : "''";
        String shown = quote.isEmpty() ? sql : "'" + quote + "' || " + sql + " || '" + quote + "'";
        if (safe) {
            return "CASE WHEN " + matches + " THEN TRY_" + cast + " END";
        }
        return "CASE WHEN " + sql + " IS NOT NULL THEN coalesce(CASE WHEN " + matches + " THEN TRY_" + cast
                + " END, error('" + message + "' || " + shown + ")) END";
    }

    /** SQL of CAST(... AS STRING), or empty if the cast does not exist. */
    public static String toText(String sql, DataType from) {
        return switch (from.kind()) {
            case STRING -> sql;
            case INT64, BOOL, DATE -> "CAST(" + sql + " AS VARCHAR)";
            case FLOAT64 -> floatText(sql);
            case NUMERIC, BIGNUMERIC -> "regexp_replace(CAST(" + sql + " AS VARCHAR), '\\.?0+$', '')";
            case BYTES -> "decode(" + sql + ")";
            case TIME -> seconds("CAST(" + sql + " AS VARCHAR)");
            case DATETIME -> seconds("CAST(" + sql + " AS VARCHAR)");
            case TIMESTAMP -> "(" + seconds("CAST(timezone('UTC', " + sql + ") AS VARCHAR)") + " || '+00')";
            default -> "";
        };
    }

    /** The fraction of seconds in groups of three digits. */
    private static String seconds(String text) {
        String padded = "CASE WHEN length(regexp_extract(" + text + ", '\\.([0-9]+)$', 1)) IN (1, 2, 4, 5) THEN " + text
                + " || repeat('0', 3 - length(regexp_extract(" + text + ", '\\.([0-9]+)$', 1)) % 3) ELSE " + text
                + " END";
        return padded;
    }

    /** The shorter of 15 and 17 digits that reads back as the same number. */
    private static String floatText(String sql) {
        return "CASE WHEN isnan(" + sql + ") THEN 'nan' WHEN isinf(" + sql + ") THEN CASE WHEN " + sql
                + " > 0 THEN 'inf' ELSE '-inf' END WHEN " + sql + " = 0 THEN '0'"
                + " WHEN CAST(format('{:.15g}', " + sql + ") AS DOUBLE) = " + sql + " THEN format('{:.15g}', " + sql
                + ") ELSE format('{:.17g}', " + sql + ") END";
    }
}
