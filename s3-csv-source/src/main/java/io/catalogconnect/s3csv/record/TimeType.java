package io.catalogconnect.s3csv.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/** A date or an instant, written in one of several forms. */
final class TimeType implements ColumnType {

    private static final String ISO = "iso";
    private static final Pattern EPOCH = Pattern.compile("-?[0-9]{9,17}");
    private static final Pattern ISO_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern DATE = Pattern.compile(
            "([0-9]{1,2}[./ -][0-9A-Za-z]{1,9}[./ -][0-9]{2,4}|[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}|[0-9]{8}$)");

    private final String written;
    private final boolean day;
    private final List<TimeForm> forms;
    private final ZoneId zone;

    private TimeType(String written, boolean day, String forms, ZoneId zone) {
        this.written = written;
        this.day = day;
        this.forms =
                split(forms).stream().map(form -> TimeForm.parse(form, day)).toList();
        this.zone = zone;
    }

    /**
     * Dates.
     *
     * @param forms separated by {@code |}: {@code iso}, {@code epoch-s}, {@code epoch-ms}, {@code epoch-us} or patterns of
     *     {@link DateTimeFormatter}, in which months and days have English names; empty for {@code iso}
     * @param zone of the calendar, for cells that are instants
     */
    static TimeType date(String forms, ZoneId zone) {
        String shown = zone.equals(ZoneOffset.UTC) ? forms : forms + ";" + zone;
        return forms.isEmpty()
                ? new TimeType("date", true, ISO, zone)
                : new TimeType("date(" + shown + ")", true, forms, zone);
    }

    /**
     * Instants.
     *
     * @param forms as for dates
     * @param zone of cells without a zone
     */
    static TimeType timestamp(String forms, ZoneId zone) {
        String accepted = forms.isEmpty() ? ISO : forms;
        return forms.isEmpty() && zone.equals(ZoneOffset.UTC)
                ? new TimeType("timestamp", false, accepted, zone)
                : new TimeType("timestamp(" + accepted + ";" + zone + ")", false, accepted, zone);
    }

    /** Splits at bars outside of quotes. */
    private static List<String> split(String text) {
        List<String> forms = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            quoted = quoted != (text.charAt(i) == '\'');
            if (text.charAt(i) == '|' && !quoted) {
                forms.add(text.substring(start, i));
                start = i + 1;
            }
        }
        forms.add(text.substring(start));
        return forms;
    }

    @Override
    public SchemaBuilder schema() {
        return day ? org.apache.kafka.connect.data.Date.builder() : Timestamp.builder();
    }

    @Override
    public Object convert(String cell) throws WrongCellException {
        if (forms.size() == 1) {
            return convert(cell, forms.get(0));
        }
        WrongCellException last = new WrongCellException();
        for (TimeForm form : forms) {
            if (form.fits(cell)) {
                try {
                    return convert(cell, form);
                } catch (WrongCellException e) {
                    last = e;
                }
            }
        }
        throw last;
    }

    private Date convert(String cell, TimeForm form) throws WrongCellException {
        try {
            if (day) {
                LocalDate date = form.date(cell, zone);
                return Date.from(date.atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            Instant instant = form.instant(cell, zone);
            return Date.from(instant);
        } catch (IllegalArgumentException e) {
            throw new WrongCellException(); // an instant that java.util.Date does not represent
        }
    }

    @Override
    public String hint(String cell) {
        if (EPOCH.matcher(cell).matches() && !written.contains("epoch")) {
            return name() + "(epoch-s) reads seconds since 1970, " + name() + "(epoch-ms) milliseconds";
        }
        if (!written.equals(name())) {
            return "";
        }
        if (!day && ISO_DATE.matcher(cell).matches()) {
            return "the type date accepts it";
        }
        return DATE.matcher(cell).lookingAt()
                ? name() + (day ? "(dd.MM.yyyy)" : "(dd.MM.yyyy HH:mm:ss)") + " declares another form"
                : "";
    }

    private String name() {
        return day ? "date" : "timestamp";
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
