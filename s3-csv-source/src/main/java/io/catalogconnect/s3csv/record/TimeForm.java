package io.catalogconnect.s3csv.record;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** One way to write a date or an instant. Immutable. */
sealed interface TimeForm {

    /** False if {@link #instant} and {@link #date} would refuse the cell; true does not mean that they accept it. */
    boolean fits(String cell);

    /**
     * The instant.
     *
     * @param zone of a cell that does not contain one
     */
    Instant instant(String cell, ZoneId zone) throws WrongCellException;

    /** The date; if the cell is an instant, its date in the given zone. */
    LocalDate date(String cell, ZoneId zone) throws WrongCellException;

    /** Parses the word {@code iso}, {@code epoch-s}, {@code epoch-ms} or {@code epoch-us}, or a pattern. */
    static TimeForm parse(String text, boolean day) {
        return switch (text) {
            case "iso" -> new Pattern(day ? DateTimeFormatter.ISO_LOCAL_DATE : Pattern.isoInstant(), !day);
            case "epoch-s" -> new Epoch(0);
            case "epoch-ms" -> new Epoch(3);
            case "epoch-us" -> new Epoch(6);
            default -> new Pattern(Pattern.of(text), false);
        };
    }

    /**
     * Text.
     *
     * @param blankIsT true if a blank may separate date and time in place of a T
     */
    record Pattern(DateTimeFormatter formatter, boolean blankIsT) implements TimeForm {

        private static final int DATE_LENGTH = "yyyy-MM-dd".length();

        public Pattern {
            formatter = formatter.withResolverStyle(ResolverStyle.STRICT).withLocale(Locale.ENGLISH);
        }

        /** With strict resolving only {@code u} is a year by itself, but files are described with {@code y}. */
        private static DateTimeFormatter of(String pattern) {
            StringBuilder years = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < pattern.length(); i++) {
                char letter = pattern.charAt(i);
                quoted = quoted != (letter == '\'');
                years.append(letter == 'y' && !quoted ? 'u' : letter);
            }
            return DateTimeFormatter.ofPattern(years.toString(), Locale.ENGLISH);
        }

        /** ISO 8601 with or without an offset, which may follow a blank and need no colon, or the name of a zone. */
        private static DateTimeFormatter isoInstant() {
            DateTimeFormatter blankBeforeOffset = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendLiteral(' ')
                    .appendOffsetId()
                    .toFormatter(Locale.ENGLISH);
            return new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .appendOptional(DateTimeFormatter.ofPattern("XXXXX", Locale.ENGLISH))
                    .appendOptional(blankBeforeOffset)
                    .appendOptional(DateTimeFormatter.ofPattern("x", Locale.ENGLISH))
                    .appendOptional(DateTimeFormatter.ofPattern(" x", Locale.ENGLISH))
                    .optionalStart()
                    .appendLiteral('[')
                    .parseCaseSensitive()
                    .appendZoneRegionId()
                    .parseCaseInsensitive()
                    .appendLiteral(']')
                    .optionalEnd()
                    .optionalStart()
                    .appendLiteral(' ')
                    .appendZoneRegionId()
                    .optionalEnd()
                    .toFormatter(Locale.ENGLISH);
        }

        private String normalized(String cell) {
            return blankIsT && cell.length() > DATE_LENGTH && cell.charAt(DATE_LENGTH) == ' '
                    ? cell.substring(0, DATE_LENGTH) + 'T' + cell.substring(DATE_LENGTH + 1)
                    : cell;
        }

        @Override
        public boolean fits(String cell) {
            String text = normalized(cell);
            ParsePosition position = new ParsePosition(0);
            return formatter.parseUnresolved(text, position) != null && position.getIndex() == text.length();
        }

        @Override
        public Instant instant(String cell, ZoneId zone) throws WrongCellException {
            try {
                TemporalAccessor parsed = formatter.parse(normalized(cell));
                if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
                    return Instant.from(parsed);
                }
                ZoneId written = parsed.query(TemporalQueries.zoneId());
                return instant(LocalDateTime.from(parsed), written == null ? zone : written);
            } catch (DateTimeException e) {
                throw new WrongCellException();
            }
        }

        private static Instant instant(LocalDateTime local, ZoneId zone) throws WrongCellException {
            if (zone.getRules().getValidOffsets(local).isEmpty()) {
                throw new WrongCellException(
                        "this local time does not exist in " + zone + ", because the clocks are set forward");
            }
            return local.atZone(zone).toInstant();
        }

        @Override
        public LocalDate date(String cell, ZoneId zone) throws WrongCellException {
            try {
                return LocalDate.parse(cell, formatter);
            } catch (DateTimeException e) {
                throw new WrongCellException();
            }
        }
    }

    /**
     * Time since 1970-01-01T00:00:00Z.
     *
     * @param digits number of decimal digits by which the unit is smaller than a second
     */
    record Epoch(int digits) implements TimeForm {

        private static final int MILLIS = 3;
        private static final long FIRST_MILLI =
                Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
        private static final long LAST_MILLI =
                Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        private static final int MAX_DIGITS = 18;

        @Override
        public boolean fits(String cell) {
            return NumberText.isPlain(cell);
        }

        @Override
        public Instant instant(String cell, ZoneId zone) throws WrongCellException {
            BigDecimal number = NumberText.exact(cell);
            if (number.signum() != 0
                    && (NumberText.integerDigits(number) > MAX_DIGITS || number.scale() > MAX_DIGITS)) {
                throw new WrongCellException();
            }
            BigDecimal millis = number.signum() == 0 ? BigDecimal.ZERO : number.movePointRight(MILLIS - digits);
            long whole;
            try {
                whole = millis.setScale(0, RoundingMode.FLOOR).longValueExact();
            } catch (ArithmeticException e) {
                throw new WrongCellException();
            }
            if (whole < FIRST_MILLI || whole > LAST_MILLI) {
                throw new WrongCellException("its year is not between 1 and 9999. Check the unit");
            }
            return Instant.ofEpochMilli(whole);
        }

        @Override
        public LocalDate date(String cell, ZoneId zone) throws WrongCellException {
            return instant(cell, zone).atZone(zone).toLocalDate();
        }
    }
}
