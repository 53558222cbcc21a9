package io.catalogconnect.s3csv.record;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the key {@code columns}: {@code name:type} or {@code name:type?}, separated by commas. */
public final class ColumnParser {

    private static final String TYPES = "string, int32, int64, float64, boolean, decimal(10,2), date, date(dd.MM.yyyy),"
            + " timestamp, timestamp(yyyy-MM-dd HH:mm:ss;Europe/Berlin), bytes";
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,4}),(\\d{1,4})\\)");
    private static final Pattern DATE = Pattern.compile("date\\((.+)\\)");
    private static final Pattern TIMESTAMP = Pattern.compile("timestamp\\(([^;]*)(?:;(.+))?\\)");

    private ColumnParser() {}

    /**
     * The columns, in the order of the text.
     *
     * @throws IllegalArgumentException that names the invalid entry and the known types
     */
    public static List<Column> parse(String text) {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : split(text)) {
            Column column = column(entry.strip());
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("the column '" + column.name() + "' is declared twice");
            }
            columns.add(column);
        }
        return columns;
    }

    private static Column column(String entry) {
        int colon = entry.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + entry + "' does not have the form name:type or name:type?");
        }
        String type = entry.substring(colon + 1).strip();
        boolean nullable = type.endsWith("?");
        if (nullable) {
            type = type.substring(0, type.length() - 1).strip();
        }
        return new Column(entry.substring(0, colon).strip(), type(entry, type), nullable);
    }

    private static ColumnType type(String entry, String text) {
        for (SimpleType simple : SimpleType.values()) {
            if (simple.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return simple;
            }
        }
        try {
            Matcher decimal = DECIMAL.matcher(text);
            if (decimal.matches()) {
                return new DecimalType(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
            }
            Matcher date = DATE.matcher(text);
            if (text.equals("date") || date.matches()) {
                return TimeType.date(text.equals("date") ? "" : date.group(1));
            }
            Matcher timestamp = TIMESTAMP.matcher(text);
            if (text.equals("timestamp")) {
                return TimeType.timestamp("", ZoneOffset.UTC);
            }
            if (timestamp.matches()) {
                String zone = timestamp.group(2);
                return TimeType.timestamp(timestamp.group(1), zone == null ? ZoneOffset.UTC : ZoneId.of(zone.strip()));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("'" + entry + "': " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("'" + entry + "' has an unknown type. The types are " + TYPES);
    }

    /** Splits at commas outside of parentheses. */
    private static List<String> split(String text) {
        List<String> entries = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                entries.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (!text.isBlank()) {
            entries.add(text.substring(start));
        }
        return entries;
    }
}
