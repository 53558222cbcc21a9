package io.catalogconnect.localbigquery.sql.types;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.store.JsonValues;
import io.catalogconnect.localbigquery.store.Sql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts constants of GoogleSQL to DuckDB literals. The text is checked here, because DuckDB accepts more formats. */
public final class Literals {

    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,6}))?");
    private static final Pattern DATETIME =
            Pattern.compile("(" + DATE.pattern() + ")(?:[ Tt](" + TIME.pattern() + "))?");
    private static final Pattern ZONE =
            Pattern.compile("[Zz]|[+-]\\d{1,2}(?::\\d{2})?|\\s+[A-Za-z][A-Za-z_/+-]*\\d*|\\s+[+-]\\d{1,2}(?::\\d{2})?");
    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private Literals() {}

    public static TypedSql integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        boolean hex = digits.regionMatches(true, 0, "0x", 0, 2);
        BigInteger value = hex ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
        value = negative ? value.negate() : value;
        if (value.bitLength() > 63) {
            throw new SqlError("Invalid integer literal: " + text);
        }
        return new TypedSql(
                "CAST(" + (value.signum() < 0 ? "'" + value + "'" : value) + " AS BIGINT)",
                DataType.INT64,
                value.toString());
    }

    public static TypedSql floating(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new SqlError("Invalid floating point literal: " + text);
        }
        return floating(value, text);
    }

    static TypedSql floating(double value, String text) {
        String shown = Double.isNaN(value)
                ? "nan"
                : Double.isInfinite(value) ? (value < 0 ? "-inf" : "inf") : Double.toString(value);
        return new TypedSql("CAST('" + shown + "' AS DOUBLE)", DataType.FLOAT64, text);
    }

    public static TypedSql string(String text) {
        return new TypedSql(stringSql(text), DataType.STRING, text);
    }

    private static String stringSql(String text) {
        if (text.indexOf('\0') >= 0) {
            throw SqlError.unsupported("a string literal with the character U+0000");
        }
        return Sql.literal(text);
    }

    /** Converts characters to bytes: a character below 256 is one byte, any other character its UTF-8 encoding. */
    public static TypedSql bytes(String text) {
        boolean latin = text.chars().allMatch(c -> c < 256);
        return bytes(text.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    }

    public static TypedSql bytes(byte[] value) {
        return new TypedSql("unhex('" + HexFormat.of().formatHex(value) + "')", DataType.BYTES);
    }

    public static TypedSql bool(boolean value) {
        return new TypedSql(value ? "TRUE" : "FALSE", DataType.BOOL);
    }

    public static TypedSql nullOf(DataType type) {
        return new TypedSql(type.is(Kind.NULL) ? "NULL" : "CAST(NULL AS " + type.duckType() + ")", type);
    }

    /** A literal with its type before it: {@code DATE '...'}. A decimal must not lose a digit. */
    public static TypedSql typed(Kind kind, String text) {
        TypedSql value = of(kind, text);
        int digits = kind == Kind.NUMERIC ? 9 : 38;
        if (value.type().isDecimal()
                && new BigDecimal(text.strip()).stripTrailingZeros().scale() > digits) {
            throw new SqlError("Invalid " + kind + " literal: \"" + text + "\"");
        }
        return value;
    }

    /** Returns whether a number is a decimal that local-bigquery can store, exactly or rounded. */
    public static boolean fits(String text, DataType type) {
        int scale = type.is(Kind.NUMERIC) ? 9 : 18;
        BigDecimal value = new BigDecimal(text);
        BigDecimal rounded = value.setScale(scale, java.math.RoundingMode.HALF_UP);
        return rounded.precision() <= 38 && (type.is(Kind.NUMERIC) || rounded.compareTo(value) == 0);
    }

    /** A value of a type from text, for coerced strings and parameters. */
    public static TypedSql of(Kind kind, String text) {
        try {
            return switch (kind) {
                case STRING -> string(text);
                case INT64 -> integer(text);
                case FLOAT64 -> floating(parseDouble(text), text);
                case BOOL -> bool(parseBool(text));
                case NUMERIC, BIGNUMERIC -> decimal(kind, text);
                case DATE -> typed("DATE", date(text).toString(), kind);
                case DATETIME -> typed("TIMESTAMP", PLAIN.format(dateTime(text)), kind);
                case TIME ->
                    typed(
                            "TIME",
                            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT)
                                    .format(time(text)),
                            kind);
                case TIMESTAMP -> typed("TIMESTAMPTZ", PLAIN.format(timestamp(text)) + "+00", kind);
                case JSON -> json(text);
                case BYTES -> bytes(java.util.Base64.getDecoder().decode(text));
                default -> throw SqlError.unsupported("a literal or parameter of type " + kind);
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new SqlError("Invalid " + kind + " value: \"" + text + "\"");
        }
    }

    private static TypedSql typed(String duckType, String value, Kind kind) {
        return new TypedSql(duckType + " '" + value + "'", DataType.of(kind));
    }

    private static TypedSql decimal(Kind kind, String text) {
        BigDecimal value = new BigDecimal(text.strip());
        int scale = kind == Kind.NUMERIC ? 9 : 18;
        BigDecimal rounded = value.setScale(scale, java.math.RoundingMode.HALF_UP);
        if (kind == Kind.BIGNUMERIC && rounded.compareTo(value) != 0) {
            throw SqlError.unsupported("a BIGNUMERIC literal with more than 18 digits behind the point");
        }
        if (rounded.precision() > 38) {
            throw new SqlError("Invalid " + kind + " value: " + text);
        }
        return new TypedSql(
                "CAST('" + rounded.toPlainString() + "' AS " + DataType.of(kind).duckType() + ")", DataType.of(kind));
    }

    private static TypedSql json(String text) {
        try {
            return new TypedSql(
                    "CAST(" + stringSql(String.valueOf(JsonValues.parse(text))) + " AS JSON)", DataType.of(Kind.JSON));
        } catch (IllegalArgumentException e) {
            throw new SqlError("Invalid JSON literal: " + e.getMessage());
        }
    }

    private static double parseDouble(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static boolean parseBool(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new IllegalArgumentException(text);
    }

    private static LocalDate date(String text) {
        Matcher matcher = DATE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        return date(matcher, 1);
    }

    private static LocalDate date(Matcher matcher, int group) {
        return LocalDate.of(
                Integer.parseInt(matcher.group(group)),
                Integer.parseInt(matcher.group(group + 1)),
                Integer.parseInt(matcher.group(group + 2)));
    }

    private static LocalTime time(String text) {
        Matcher matcher = TIME.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        return time(matcher, 1);
    }

    private static LocalTime time(Matcher matcher, int group) {
        @Nullable String fraction = matcher.group(group + 3);
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
        return LocalTime.of(
                Integer.parseInt(matcher.group(group)),
                Integer.parseInt(matcher.group(group + 1)),
                Integer.parseInt(matcher.group(group + 2)),
                nanos);
    }

    private static LocalDateTime dateTime(String text) {
        Matcher matcher = DATETIME.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        return dateTime(matcher);
    }

    private static LocalDateTime dateTime(Matcher matcher) {
        LocalDate date = date(matcher, 2);
        return matcher.group(5) == null ? date.atStartOfDay() : date.atTime(time(matcher, 6));
    }

    private static LocalDateTime timestamp(String text) {
        String stripped = text.strip();
        Matcher matcher = DATETIME.matcher(stripped);
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException(text);
        }
        String rest = stripped.substring(matcher.end());
        if (!rest.isEmpty() && !ZONE.matcher(rest).matches()) {
            throw new IllegalArgumentException(text);
        }
        ZoneId zone = rest.isEmpty() ? ZoneOffset.UTC : zone(rest.strip());
        LocalDateTime time = dateTime(matcher)
                .atZone(zone)
                .withZoneSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
        if (time.getYear() < 1 || time.getYear() > 9999) {
            throw new IllegalArgumentException(text);
        }
        return time;
    }

    /** A time zone from its name, or from an offset with one or two digits for the hours. */
    public static ZoneId zone(String name) {
        String padded = name.matches("[+-]\\d(:\\d{2})?") ? name.charAt(0) + "0" + name.substring(1) : name;
        return ZoneId.of(padded.equals("z") ? "Z" : padded);
    }
}
