package io.catalogconnect.s3csv.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.Locale;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/** A day or an instant. */
final class TimeType implements ColumnType {

    private static final String ISO = "";

    private final String written;
    private final boolean day;
    private final DateTimeFormatter formatter;
    private final ZoneId zone;

    private TimeType(String written, boolean day, DateTimeFormatter formatter, ZoneId zone) {
        this.written = written;
        this.day = day;
        this.formatter = formatter.withResolverStyle(ResolverStyle.STRICT).withLocale(Locale.ENGLISH);
        this.zone = zone;
    }

    /** Days as ISO-8601 has them, or by a pattern of {@link DateTimeFormatter}, in which months and days have English names. */
    static TimeType date(String pattern) {
        return pattern.equals(ISO)
                ? new TimeType("date", true, DateTimeFormatter.ISO_LOCAL_DATE, ZoneOffset.UTC)
                : new TimeType("date(" + pattern + ")", true, ofPattern(pattern), ZoneOffset.UTC);
    }

    /** Instants: by a pattern, in the zone when the text has none. Without a pattern ISO-8601, with or without an offset. */
    static TimeType timestamp(String pattern, ZoneId zone) {
        return pattern.equals(ISO)
                ? new TimeType("timestamp", false, DateTimeFormatter.ISO_DATE_TIME, zone)
                : new TimeType("timestamp(" + pattern + ";" + zone + ")", false, ofPattern(pattern), zone);
    }

    /** With strict resolving only {@code u} is a year by itself; everybody writes {@code y}. */
    private static DateTimeFormatter ofPattern(String pattern) {
        StringBuilder years = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char letter = pattern.charAt(i);
            quoted = quoted != (letter == '\'');
            years.append(letter == 'y' && !quoted ? 'u' : letter);
        }
        return DateTimeFormatter.ofPattern(years.toString(), Locale.ENGLISH);
    }

    @Override
    public SchemaBuilder schema() {
        return day ? org.apache.kafka.connect.data.Date.builder() : Timestamp.builder();
    }

    @Override
    public Object convert(String cell) throws WrongCellException {
        try {
            if (day) {
                return Date.from(LocalDate.parse(cell, formatter)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
            }
            TemporalAccessor parsed = formatter.parseBest(cell, Instant::from, LocalDateTime::from);
            Instant instant =
                    parsed instanceof LocalDateTime local ? local.atZone(zone).toInstant() : Instant.from(parsed);
            return Date.from(instant);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new WrongCellException();
        }
    }

    @Override
    public String described() {
        return "a " + written;
    }

    @Override
    public String toString() {
        return written;
    }
}
