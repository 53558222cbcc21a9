package io.catalogconnect.bigquery.convert;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.regex.Pattern;

/** Dates and times as text of ISO 8601. */
final class TimeText {

    private static final int DATE_LENGTH = 10;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_LOCAL_TIME;
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ISO_LOCAL_DATE_TIME;
    private static final Pattern COLON_OF_OFFSET = Pattern.compile("(?<=[+-]\\d{2}):(?=\\d{2}$)");

    /** With or without an offset, which has 2 or 4 digits. */
    private static final DateTimeFormatter ANY = new DateTimeFormatterBuilder()
            .append(DATE_TIME)
            .optionalStart()
            .parseLenient()
            .appendOffset("+HHmm", "Z")
            .toFormatter(java.util.Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private TimeText() {}

    /** The microseconds since 1970; without an offset, the time is in UTC. */
    static long timestamp(String text) {
        TemporalAccessor parsed = dateAndTime(text);
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        return micros(LocalDateTime.from(parsed), offset == null ? ZoneOffset.UTC : offset);
    }

    /** The microseconds since 1970 of a time without an offset. */
    static long dateTime(String text) {
        TemporalAccessor parsed = dateAndTime(text);
        if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
            throw new ConversionException("it has an offset, which a DATETIME does not keep");
        }
        return micros(LocalDateTime.from(parsed), ZoneOffset.UTC);
    }

    /** The days since 1970. */
    static long date(String text) {
        try {
            return LocalDate.parse(text, DATE).toEpochDay();
        } catch (DateTimeException e) {
            throw new ConversionException("it is not a date of ISO 8601, such as 2026-01-31");
        }
    }

    /** The microseconds since midnight. */
    static long time(String text) {
        try {
            return micros(LocalTime.parse(text, TIME));
        } catch (DateTimeException e) {
            throw new ConversionException("it is not a time of ISO 8601, such as 12:00:00");
        }
    }

    static String ofDate(long day) {
        return DATE.format(LocalDate.ofEpochDay(day));
    }

    static String ofTime(long micros) {
        return TIME.format(LocalTime.ofNanoOfDay(micros * NANOS_PER_MICRO));
    }

    static String ofDateTime(long micros) {
        return DATE_TIME.format(LocalDateTime.ofInstant(instant(micros), ZoneOffset.UTC));
    }

    static String ofTimestamp(long micros) {
        return DateTimeFormatter.ISO_INSTANT.format(instant(micros));
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, CivilTime.MICROS_PER_SECOND),
                Math.floorMod(micros, CivilTime.MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    /** The cause of a failure would contain the text. */
    private static TemporalAccessor dateAndTime(String text) {
        boolean isSeparatedByBlank = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
        String joined =
                isSeparatedByBlank ? text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1) : text;
        try {
            return ANY.parse(COLON_OF_OFFSET.matcher(joined).replaceFirst(""));
        } catch (DateTimeException e) {
            throw new ConversionException("it is not a date and time of ISO 8601, such as 2026-01-31T12:00:00Z");
        }
    }

    private static long micros(LocalDateTime time, ZoneOffset offset) {
        long day = time.toLocalDate().toEpochDay();
        return day * CivilTime.MICROS_PER_DAY
                + micros(time.toLocalTime())
                - offset.getTotalSeconds() * CivilTime.MICROS_PER_SECOND;
    }

    private static long micros(LocalTime time) {
        long nanos = time.toNanoOfDay();
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new ConversionException("it has more than 6 digits of a second");
        }
        return nanos / NANOS_PER_MICRO;
    }
}
