package io.catalogconnect.s3csv.object;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Notation of a date in a key: a pattern such as {@code yyyyMMdd}, or seconds since 1970. Immutable. */
public final class DateNotation {

    private static final String EPOCH_SECONDS = "epoch-seconds";
    private static final LocalDate EXAMPLE = LocalDate.of(2026, 1, 31);

    /** ISO 8601. */
    public static final DateNotation ISO = of("yyyy-MM-dd");

    private final String text;
    private final @Nullable DateTimeFormatter formatter;

    private DateNotation(String text, @Nullable DateTimeFormatter formatter) {
        this.text = text;
        this.formatter = formatter;
    }

    /**
     * Reads {@code epoch-seconds} or a pattern of Java's {@link DateTimeFormatter}.
     *
     * @throws IllegalArgumentException if it is neither, or does not determine a day
     */
    public static DateNotation of(String text) {
        if (text.equals(EPOCH_SECONDS)) {
            return new DateNotation(text, null);
        }
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(text, Locale.ROOT);
        try {
            if (LocalDate.parse(formatter.format(EXAMPLE), formatter).equals(EXAMPLE)) {
                return new DateNotation(text, formatter);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it must be epoch-seconds or a pattern with year, month and day", e);
        }
        throw new IllegalArgumentException("it must be epoch-seconds or a pattern with year, month and day");
    }

    /**
     * The date in a text.
     *
     * @throws DateTimeException if it is not a date in this notation; the message contains the text
     */
    LocalDate parse(String date) {
        try {
            if (formatter == null) {
                return Instant.ofEpochSecond(Long.parseLong(date))
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate();
            }
            LocalDate parsed = LocalDate.parse(date, formatter);
            // Java reads the 30th of February as the 28th.
            if (formatter.format(parsed).equals(date)) {
                return parsed;
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw wrong(date, e);
        }
        throw wrong(date, null);
    }

    private DateTimeException wrong(String date, @Nullable RuntimeException cause) {
        return new DateTimeException(
                "the date in the key is '" + MessageText.of(date) + "', which is not a date such as "
                        + (formatter == null ? "1769817600" : formatter.format(EXAMPLE))
                        + " (file.date.format=" + text + ")",
                cause);
    }

    @Override
    public String toString() {
        return text;
    }
}
