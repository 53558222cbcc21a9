package io.catalogconnect.localbigquery.store;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

    private static final Pattern EPOCH_SECONDS = Pattern.compile("[+-]?\\d{1,15}(?:\\.\\d*)?(?:[eE][+-]?\\d{1,2})?");
    /** Digits of a TIMESTAMP beyond microseconds, which BigQuery drops. */
    private static final Pattern NANOS = Pattern.compile("(:\\d{1,2}\\.\\d{6})\\d{1,3}");

    private static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999999Z");

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

    private static Instant parseTimestamp(String given) {
        if (EPOCH_SECONDS.matcher(given).matches()) {
            return epochSeconds(new BigDecimal(given));
        }
        Instant time = timestamp(NANOS.matcher(given).replaceFirst("$1"));
        if (time.isBefore(MIN_TIME) || time.isAfter(MAX_TIME)) {
            throw new IllegalArgumentException(given);
        }
        return time;
    }

    /** The TIMESTAMP of seconds since 1970. Digits beyond microseconds are dropped. */
    private static Instant epochSeconds(BigDecimal seconds) {
        BigInteger micros = seconds.movePointRight(6).toBigInteger();
        BigInteger million = BigInteger.valueOf(1_000_000);
        boolean possible = micros.divide(million).abs().compareTo(BigInteger.valueOf(MAX_TIME.getEpochSecond())) <= 0;
        Instant time = possible ? Instant.EPOCH.plus(micros.longValueExact(), ChronoUnit.MICROS) : Instant.MAX;
        if (time.isBefore(MIN_TIME) || time.isAfter(MAX_TIME)) {
            throw new InvalidValueException("Timestamp field value is out of range:" + micros);
        }
        return time;
    }

    private static Instant timestamp(String text) {
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
