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
import org.jspecify.annotations.Nullable;

/**
 * Parses the key {@code columns}: {@code name:type} or {@code name:type?}, separated by commas. A name with a comma, a colon or
 * a quote is enclosed in double quotes. The options of a type are in parentheses, separated by semicolons.
 */
public final class ColumnParser {

    private static final String TYPES = "string, int32, int64, float64, int64(de-DE), boolean, boolean(yes/no),"
            + " decimal(10,2), decimal(10,2;de-DE;€), date, date(dd.MM.yyyy), timestamp, timestamp(epoch-ms),"
            + " timestamp(yyyy-MM-dd HH:mm:ss;Europe/Berlin), bytes";
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,4}),(\\d{1,4})(?:;(.*))?\\)");
    private static final Pattern NUMBER = Pattern.compile("(int32|int64|float64)\\((.*)\\)");
    private static final Pattern BOOLEAN = Pattern.compile("boolean\\((.*)\\)");
    private static final Pattern DATE = Pattern.compile("date(?:\\(([^;]+)(?:;(.+))?\\))?");
    private static final Pattern TIMESTAMP = Pattern.compile("timestamp(?:\\(([^;]*)(?:;(.+))?\\))?");

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
        boolean quoted = entry.startsWith("\"");
        int nameEnd = quoted ? closingQuote(entry, 0) + 1 : 0;
        int colon = entry.indexOf(':', nameEnd);
        if (colon < 1 || (quoted && !entry.substring(nameEnd, colon).isBlank())) {
            throw new IllegalArgumentException("'" + entry + "' does not have the form name:type or name:type?");
        }
        String name = quoted
                ? entry.substring(1, nameEnd - 1).replace("\"\"", "\"")
                : entry.substring(0, colon).strip();
        String type = entry.substring(colon + 1).strip();
        boolean nullable = type.endsWith("?");
        if (nullable) {
            type = type.substring(0, type.length() - 1).strip();
        }
        return new Column(name, type(entry, type), nullable);
    }

    private static ColumnType type(String entry, String text) {
        for (SimpleType simple : SimpleType.values()) {
            if (simple.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return simple;
            }
        }
        try {
            ColumnType type = typeWithOptions(text);
            if (type != null) {
                return type;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("'" + entry + "': " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("'" + entry + "' has an unknown type. The types are " + TYPES);
    }

    private static @Nullable ColumnType typeWithOptions(String text) {
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            ColumnType type = new DecimalType(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
            String options = decimal.group(3);
            return options == null ? type : new NumberType(text, type, NumberNotation.parse(options));
        }
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            ColumnType type = SimpleType.valueOf(number.group(1).toUpperCase(Locale.ROOT));
            return new NumberType(text, type, NumberNotation.parse(number.group(2)));
        }
        Matcher bool = BOOLEAN.matcher(text);
        if (bool.matches()) {
            return BooleanType.parse(bool.group(1));
        }
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            return TimeType.date(date.group(1) == null ? "" : date.group(1), zone(date.group(2)));
        }
        Matcher timestamp = TIMESTAMP.matcher(text);
        if (timestamp.matches()) {
            return TimeType.timestamp(timestamp.group(1) == null ? "" : timestamp.group(1), zone(timestamp.group(2)));
        }
        return null;
    }

    private static ZoneId zone(@Nullable String text) {
        return text == null ? ZoneOffset.UTC : ZoneId.of(text.strip());
    }

    /** The quote that closes a quoted name; a doubled quote belongs to the name. */
    private static int closingQuote(String text, int opening) {
        for (int at = opening + 1; at < text.length(); at++) {
            if (text.charAt(at) == '"') {
                if (at + 1 == text.length() || text.charAt(at + 1) != '"') {
                    return at;
                }
                at++;
            }
        }
        throw new IllegalArgumentException("'" + text.substring(opening) + "' has a quote that never closes");
    }

    /** Splits at commas outside of parentheses and quoted names. */
    private static List<String> split(String text) {
        List<String> entries = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && text.substring(start, i).isBlank()) {
                i = closingQuote(text, i);
            } else if (c == '(') {
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
