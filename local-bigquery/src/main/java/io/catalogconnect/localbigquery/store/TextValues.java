package io.catalogconnect.localbigquery.store;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses values from text, by BigQuery's rules for literals and for values in CSV and JSON. Supports scalars only: the caller iterates over
 * lists and STRUCTs. Thread-safe.
 */
public final class TextValues {
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{0,6}))?");
    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4}-\\d{1,2}-\\d{1,2})(?:[ Tt](\\d{1,2}:\\d{1,2}:\\d{1,2}(?:\\.\\d{0,6})?))?");
    private static final Pattern ZONE =
            Pattern.compile("(.*?)\\s*([Zz]|UTC|[+-]\\d{1,2}(?::\\d{2})?| [A-Za-z]+(?:/[A-Za-z_+\\-0-9]+)+)");

    private TextValues() {}

    /**
     * Parses the value of a scalar column. It has the Java type listed at {@link FieldType}.
     *
     * @throws InvalidValueException {@code Could not parse 'x' as INT64}
     */
    public static Object parse(FieldType type, String text) {
        try {
            return switch (type) {
                case STRING, GEOGRAPHY -> text;
                case BYTES -> Base64.getDecoder().decode(text);
                case INT64 -> Long.valueOf(text.strip());
                case FLOAT64 -> parseDouble(text.strip());
                case BOOL -> parseBool(text.strip());
                case NUMERIC, BIGNUMERIC -> new BigDecimal(text.strip());
                case DATE -> parseDate(text.strip());
                case DATETIME -> parseDateTime(text.strip());
                case TIME -> parseTime(text.strip());
                case TIMESTAMP -> parseTimestamp(text.strip());
                case JSON -> parseJson(text);
                case STRUCT -> throw bad(type, text);
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw bad(type, text);
        }
    }

    private static InvalidValueException bad(FieldType type, String text) {
        return new InvalidValueException("Could not parse '" + text + "' as " + type);
    }

    private static Double parseDouble(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                if (!text.isEmpty() && "fFdD".indexOf(text.charAt(text.length() - 1)) >= 0) {
                    throw new NumberFormatException(text);
                }
                yield Double.valueOf(text);
            }
        };
    }

    private static Boolean parseBool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static LocalDate parseDate(String text) {
        Matcher matcher = DATE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        LocalDate date = LocalDate.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        if (date.getYear() < 1) {
            throw new IllegalArgumentException(text);
        }
        return date;
    }

    private static LocalTime parseTime(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        String fraction = matcher.group(4) == null ? "" : matcher.group(4);
        int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
        return LocalTime.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                nanos);
    }

    private static LocalDateTime parseDateTime(String text) {
        Matcher matcher = DATE_TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        LocalTime time = matcher.group(2) == null ? LocalTime.MIDNIGHT : parseTime(matcher.group(2));
        return parseDate(matcher.group(1)).atTime(time);
    }

    private static Instant parseTimestamp(String text) {
        Matcher matcher = ZONE.matcher(text);
        if (!DATE_TIME.matcher(text).matches() && matcher.matches()) {
            return parseDateTime(matcher.group(1))
                    .atZone(zone(matcher.group(2).strip()))
                    .toInstant();
        }
        return parseDateTime(text).toInstant(ZoneOffset.UTC);
    }

    private static ZoneId zone(String text) {
        if (text.equals("UTC") || text.equalsIgnoreCase("Z")) {
            return ZoneOffset.UTC;
        }
        if (text.charAt(0) == '+' || text.charAt(0) == '-') {
            int colon = text.indexOf(':');
            int hours = Integer.parseInt(colon < 0 ? text.substring(1) : text.substring(1, colon));
            int minutes = colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1));
            int sign = text.charAt(0) == '-' ? -1 : 1;
            return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
        }
        return ZoneId.of(text);
    }

    private static String parseJson(String text) {
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            String json = JsonParser.parseReader(reader).toString();
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException(text);
            }
            return json;
        } catch (JsonParseException | IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
