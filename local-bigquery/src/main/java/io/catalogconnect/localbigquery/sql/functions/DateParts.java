package io.catalogconnect.localbigquery.sql.functions;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Casts;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parts of dates and times: EXTRACT, TRUNC, DIFF and adding; weeks begin on Sunday unless the part says otherwise. */
public final class DateParts {

    private static final List<String> DAYS =
            List.of("SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY");
    private static final Map<String, Long> MICROS = Map.of(
            "MICROSECOND",
            1L,
            "MILLISECOND",
            1_000L,
            "SECOND",
            1_000_000L,
            "MINUTE",
            60_000_000L,
            "HOUR",
            3_600_000_000L,
            "DAY",
            86_400_000_000L);
    /** An amount larger than the number of parts in ten thousand years. DuckDB can add it, and the result is always out of range. */
    private static final Map<String, Long> MOST = Map.of(
            "MICROSECOND",
            320_000_000_000_000_000L,
            "MILLISECOND",
            320_000_000_000_000L,
            "SECOND",
            320_000_000_000L,
            "MINUTE",
            5_300_000_000L,
            "HOUR",
            88_000_000L,
            "DAY",
            3_700_000L,
            "WEEK",
            530_000L,
            "MONTH",
            121_000L,
            "QUARTER",
            41_000L);

    private static final Set<String> CLOCK_PARTS = Set.of("MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR");
    private static final Set<String> MONTH_PARTS = Set.of("MONTH", "QUARTER", "YEAR");

    private DateParts() {}

    private static SqlError part(String function, String part, DataType type) {
        return new SqlError(
                function + " does not support the " + part + " date part when the argument is " + type + " type");
    }

    /** {@code EXTRACT(part FROM value [AT TIME ZONE zone])}. */
    public static TypedSql extract(String part, TypedSql value, @Nullable TypedSql zone) {
        Kind kind = value.type().kind();
        if (zone != null && kind != Kind.TIMESTAMP) {
            throw new SqlError("EXTRACT from " + value.type() + " does not support AT TIME ZONE");
        }
        String local = kind == Kind.TIMESTAMP
                ? "timezone(" + (zone == null ? "'UTC'" : zone.sql()) + ", " + value.sql() + ")"
                : value.sql();
        boolean date = kind == Kind.DATE || kind == Kind.DATETIME || kind == Kind.TIMESTAMP;
        boolean clock = kind == Kind.TIME || kind == Kind.DATETIME || kind == Kind.TIMESTAMP;
        if (date && clock && part.equals("DATE")) {
            return new TypedSql("CAST(" + local + " AS DATE)", DataType.DATE);
        }
        if (date && clock && part.equals("TIME")) {
            return new TypedSql("CAST(" + local + " AS TIME)", DataType.TIME);
        }
        if (kind == Kind.TIMESTAMP && part.equals("DATETIME")) {
            return new TypedSql(local, DataType.DATETIME);
        }
        if (clock && CLOCK_PARTS.contains(part)) {
            String sql = switch (part) {
                case "MICROSECOND" -> "(date_part('microsecond', " + local + ") % 1000000)";
                case "MILLISECOND" -> "(date_part('millisecond', " + local + ") % 1000)";
                case "SECOND" -> "date_part('second', " + local + ")";
                default -> "date_part('" + part.toLowerCase(java.util.Locale.ROOT) + "', " + local + ")";
            };
            return new TypedSql("CAST(" + sql + " AS BIGINT)", DataType.INT64);
        }
        if (!date) {
            throw part("EXTRACT", part, value.type());
        }
        String sql = switch (part) {
            case "YEAR", "MONTH", "DAY", "QUARTER", "ISOYEAR" ->
                "date_part('" + part.toLowerCase(java.util.Locale.ROOT) + "', " + local + ")";
            case "DAYOFWEEK" -> "(date_part('dow', " + local + ") + 1)";
            case "DAYOFYEAR" -> "date_part('doy', " + local + ")";
            case "ISOWEEK" -> "date_part('week', " + local + ")";
            case "WEEK", "WEEK(SUNDAY)" -> "strftime(" + local + ", '%U')";
            case "WEEK(MONDAY)" -> "strftime(" + local + ", '%W')";
            default -> throw part("EXTRACT", part, value.type());
        };
        return new TypedSql("CAST(" + sql + " AS BIGINT)", DataType.INT64);
    }

    /** Number of days between the first day of a week of this part and Monday, or -1 if the part is not a week. */
    private static int weekShift(String part) {
        if (part.equals("WEEK")) {
            return 1;
        }
        if (part.equals("ISOWEEK")) {
            return 0;
        }
        if (part.startsWith("WEEK(") && part.endsWith(")")) {
            int day = DAYS.indexOf(part.substring(5, part.length() - 1));
            if (day >= 0) {
                return (8 - day) % 7;
            }
        }
        return -1;
    }

    /** The start of the part that contains a DATE or a TIMESTAMP without zone, of the same type. */
    static String truncate(String function, String sql, DataType type, String part) {
        String unit = part.toLowerCase(java.util.Locale.ROOT);
        int shift = weekShift(part);
        String cast = type.duckType();
        if (shift >= 0) {
            return "CAST(date_trunc('week', " + sql + " + INTERVAL " + shift + " DAY) - INTERVAL " + shift + " DAY AS "
                    + cast + ")";
        }
        boolean clock = CLOCK_PARTS.contains(part) && !type.is(Kind.DATE);
        if (part.equals("ISOYEAR")) {
            throw SqlError.unsupported(function + " to ISOYEAR");
        }
        if (!clock && !part.equals("DAY") && !MONTH_PARTS.contains(part)) {
            throw part(function, part, type);
        }
        return "CAST(date_trunc('" + unit + "', " + sql + ") AS " + cast + ")";
    }

    /** Number of part boundaries between two values of the same type, DATE or TIMESTAMP without zone. */
    static String boundaries(String function, String later, String earlier, DataType type, String part) {
        int shift = weekShift(part);
        if (shift >= 0) {
            return "(date_diff('day', date_trunc('week', " + earlier + " + INTERVAL " + shift
                    + " DAY), date_trunc('week', " + later + " + INTERVAL " + shift + " DAY)) // 7)";
        }
        boolean clock = CLOCK_PARTS.contains(part) && !type.is(Kind.DATE);
        if (!clock && !part.equals("DAY") && !MONTH_PARTS.contains(part)) {
            throw part(function, part, type);
        }
        return "date_diff('" + part.toLowerCase(java.util.Locale.ROOT) + "', " + earlier + ", " + later + ")";
    }

    /** Number of complete parts between two timestamps. */
    static String wholeParts(String function, String later, String earlier, String part) {
        Long micros = MICROS.get(part);
        if (micros == null) {
            throw part(function, part, DataType.TIMESTAMP);
        }
        return "((epoch_us(" + later + ") - epoch_us(" + earlier + ")) // " + micros + ")";
    }

    /** SQL that adds a number of date parts to a value, or subtracts it. {@code sign} is {@code +} or {@code -}. */
    static String add(String function, String sql, DataType type, String sign, String amount, String part) {
        boolean timestamp = type.is(Kind.TIMESTAMP);
        String n = "CAST(" + amount + " AS INTEGER)";
        String interval = switch (part) {
            case "DAY" -> "to_days(" + n + ")";
            case "WEEK" -> "to_days(CAST(7 * " + n + " AS INTEGER))";
            case "MONTH" -> "to_months(" + n + ")";
            case "QUARTER" -> "to_months(CAST(3 * " + n + " AS INTEGER))";
            case "YEAR" -> "to_months(CAST(12 * " + n + " AS INTEGER))";
            default -> MICROS.containsKey(part) ? "to_microseconds(" + amount + " * " + MICROS.get(part) + ")" : "";
        };
        boolean calendar = part.equals("WEEK") || MONTH_PARTS.contains(part);
        boolean clock = CLOCK_PARTS.contains(part);
        if (interval.isEmpty()
                || (timestamp && calendar)
                || (type.is(Kind.DATE) && clock)
                || (type.is(Kind.TIME) && !clock)) {
            throw part(function, part, type);
        }
        String sum = "CAST(" + sql + " " + sign + " " + interval + " AS " + type.duckType() + ")";
        return type.is(Kind.TIME) ? sum : inRange(sum, sql, type, sign, amount, part);
    }

    /** The sum if its year has four digits, otherwise BigQuery's error. DuckDB supports more years. */
    private static String inRange(String sum, String sql, DataType type, String sign, String amount, String part) {
        String last = type.is(Kind.DATE)
                ? "DATE '9999-12-31'"
                : type.duckType() + " '9999-12-31 23:59:59.999999" + (type.is(Kind.TIMESTAMP) ? "+00'" : "'");
        String first = type.is(Kind.DATE)
                ? "DATE '0001-01-01'"
                : type.duckType() + " '0001-01-01 00:00:00" + (type.is(Kind.TIMESTAMP) ? "+00'" : "'");
        String added = sign.equals("-") ? "-CAST(" + amount + " AS HUGEINT)" : amount;
        String overflow = "error('Adding ' || (" + added + ") || ' " + part + " to "
                + type.kind().name().toLowerCase(java.util.Locale.ROOT) + " ' || " + Casts.toText(sql, type)
                + " || ' causes overflow')";
        long most = MOST.getOrDefault(part, 10_000L);
        return "CASE WHEN " + sql + " IS NOT NULL AND " + amount + " NOT BETWEEN -" + most + " AND " + most + " THEN "
                + overflow + " WHEN " + sum + " NOT BETWEEN " + first + " AND " + last + " THEN " + overflow + " ELSE "
                + sum + " END";
    }

    /** The instant of a local time. An ambiguous local time is the first of the two instants. */
    static String instant(String local, String zone) {
        if (zone.equals("'UTC'")) {
            return "timezone('UTC', " + local + ")";
        }
        String later = "timezone(" + zone + ", " + local + ")";
        String earlier = "(" + later + " - INTERVAL 1 HOUR)";
        return "CASE WHEN timezone(" + zone + ", " + earlier + ") = " + local + " THEN " + earlier + " ELSE " + later
                + " END";
    }
}
