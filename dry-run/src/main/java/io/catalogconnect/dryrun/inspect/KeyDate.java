package io.catalogconnect.dryrun.inspect;

import io.catalogconnect.s3csv.object.DateNotation;
import io.catalogconnect.s3csv.object.MissingDate;
import io.catalogconnect.s3csv.object.ObjectKeyPattern;
import io.catalogconnect.s3csv.object.ObjectRef;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The date that a pattern finds in an object's key.
 *
 * @param date in ISO 8601
 * @param pattern value of {@code file.date.pattern}
 * @param format value of {@code file.date.format}
 */
record KeyDate(String date, String pattern, String format) {
    private static final String ISO = "yyyy-MM-dd";
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2100;

    /** A way to write a date in a key. */
    private record Usual(String pattern, String format) {}

    private static final List<Usual> USUAL = List.of(
            new Usual("dt=(?<date>\\d{4}-\\d{2}-\\d{2})", ISO),
            new Usual("date=(?<date>\\d{4}-\\d{2}-\\d{2})", ISO),
            new Usual("year=(?<year>\\d{4})/month=(?<month>\\d{1,2})/day=(?<day>\\d{1,2})", ISO),
            new Usual("(?<![0-9])(?<date>\\d{4}-\\d{2}-\\d{2})(?![0-9])", ISO),
            new Usual("(?<![0-9])(?<date>\\d{4}/\\d{2}/\\d{2})(?![0-9])", "yyyy/MM/dd"),
            new Usual("(?<![0-9])(?<date>\\d{4}_\\d{2}_\\d{2})(?![0-9])", "yyyy_MM_dd"),
            new Usual("(?<![0-9])(?<date>\\d{2}\\.\\d{2}\\.\\d{4})(?![0-9])", "dd.MM.yyyy"),
            new Usual("(?<![0-9])(?<date>\\d{8})(?![0-9])", "yyyyMMdd"));

    /** The date that the first of the usual patterns finds. */
    static Optional<KeyDate> in(ObjectRef object) {
        return USUAL.stream().flatMap(usual -> in(object, usual).stream()).findFirst();
    }

    private static Optional<KeyDate> in(ObjectRef object, Usual usual) {
        try {
            LocalDate date = ObjectKeyPattern.of(usual.pattern())
                    .with(DateNotation.of(usual.format()), MissingDate.FAIL)
                    .fileDate(object);
            return date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR
                    ? Optional.empty()
                    : Optional.of(new KeyDate(date.toString(), usual.pattern(), usual.format()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The keys of the source that find this date. */
    Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("file.date.pattern", pattern);
        if (!format.equals(ISO)) {
            keys.put("file.date.format", format);
        }
        return keys;
    }
}
