package io.catalogconnect.localbigquery.store;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The default value of a column. Supports literals and the functions that BigQuery allows in a default, except for STRUCT and GEOGRAPHY
 * columns. Thread-safe.
 */
public final class ColumnDefault {
    private static final Pattern TYPED_LITERAL = Pattern.compile(
            "(?i)(DATE|DATETIME|TIME|TIMESTAMP|NUMERIC|DECIMAL|BIGNUMERIC|BIGDECIMAL|JSON)\\s*('[^']*'|\"[^\"]*\")");
    private static final Pattern STRING = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final Pattern ARRAY = Pattern.compile("(?is)(?:ARRAY\\s*(?:<[^>]*>)?\\s*)?\\[(.*)]");

    private final Function<Instant, @Nullable Object> value;

    private ColumnDefault(Function<Instant, @Nullable Object> value) {
        this.value = value;
    }

    /**
     * Returns the default of a column. A column without a declared default has NULL or an empty list.
     *
     * @throws StoreException when the expression cannot be a default or has another type than the column
     */
    public static ColumnDefault of(Column column) {
        String sql = column.defaultExpression().map(String::strip).orElse("NULL");
        if (column.repeated()) {
            return array(column, sql);
        }
        return scalar(column, sql);
    }

    /** Computes the value for a row that arrives now. It has the Java type listed at {@link FieldType}. */
    public @Nullable Object at(Instant now) {
        return value.apply(now);
    }

    private static ColumnDefault array(Column column, String sql) {
        if (sql.equalsIgnoreCase("NULL")) {
            return new ColumnDefault(now -> List.of());
        }
        Matcher matcher = ARRAY.matcher(sql);
        if (!matcher.matches() || column.type() == FieldType.STRUCT) {
            throw invalid(column, sql);
        }
        List<ColumnDefault> elements = new ArrayList<>();
        for (String element : elements(matcher.group(1))) {
            elements.add(scalar(column, element));
        }
        return new ColumnDefault(now -> {
            List<@Nullable Object> list = new ArrayList<>();
            elements.forEach(element -> list.add(element.at(now)));
            return list;
        });
    }

    /** Splits at commas outside of quotes. */
    private static List<String> elements(String list) {
        List<String> elements = new ArrayList<>();
        char quote = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (quote == 0 && c == ',') {
                elements.add(list.substring(start, i).strip());
                start = i + 1;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        String last = list.substring(start).strip();
        if (!last.isEmpty()) {
            elements.add(last);
        }
        return elements;
    }

    private static ColumnDefault scalar(Column column, String sql) {
        if (sql.equalsIgnoreCase("NULL")) {
            return new ColumnDefault(now -> null);
        }
        ColumnDefault function = function(column, sql);
        if (function != null) {
            return function;
        }
        String text = literal(column, sql);
        if (text == null) {
            throw invalid(column, sql);
        }
        try {
            Object constant = TextValues.parse(column.type(), text);
            column.check(column.repeated() ? List.of(constant) : constant).ifPresent(wrong -> {
                throw StoreException.invalid(
                        "Invalid default value expression for column \"" + column.name() + "\": " + wrong);
            });
            return new ColumnDefault(now -> constant);
        } catch (InvalidValueException e) {
            throw invalid(column, sql);
        }
    }

    private static @Nullable ColumnDefault function(Column column, String sql) {
        String name = sql.toUpperCase(Locale.ROOT).replaceAll("\\s+", "").replaceAll("\\(\\)$", "");
        FieldType type = switch (name) {
            case "CURRENT_TIMESTAMP" -> FieldType.TIMESTAMP;
            case "CURRENT_DATE" -> FieldType.DATE;
            case "CURRENT_DATETIME" -> FieldType.DATETIME;
            case "CURRENT_TIME" -> FieldType.TIME;
            case "GENERATE_UUID", "SESSION_USER" -> FieldType.STRING;
            case "RAND" -> FieldType.FLOAT64;
            default -> null;
        };
        if (type == null) {
            return null;
        }
        if (type != column.type()) {
            throw invalid(column, sql);
        }
        return switch (name) {
            case "GENERATE_UUID" -> new ColumnDefault(now -> UUID.randomUUID().toString());
            case "SESSION_USER" -> new ColumnDefault(now -> "local@localhost");
            case "RAND" -> new ColumnDefault(now -> ThreadLocalRandom.current().nextDouble());
            default -> new ColumnDefault(now -> current(type, now.truncatedTo(ChronoUnit.MICROS)));
        };
    }

    private static Object current(FieldType type, Instant now) {
        LocalDateTime utc = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        return switch (type) {
            case DATE -> utc.toLocalDate();
            case DATETIME -> utc;
            case TIME -> utc.toLocalTime();
            default -> now;
        };
    }

    /** The text of a literal of the column's type, or null if the expression is something else. */
    private static @Nullable String literal(Column column, String sql) {
        Matcher typed = TYPED_LITERAL.matcher(sql);
        if (typed.matches()) {
            boolean same =
                    FieldType.of(typed.group(1)).filter(column.type()::equals).isPresent();
            return same ? unquote(typed.group(2)) : null;
        }
        if (STRING.matcher(sql).matches()) {
            return switch (column.type()) {
                case STRING, DATE, DATETIME, TIME, TIMESTAMP -> unquote(sql);
                default -> null;
            };
        }
        return switch (column.type()) {
            case INT64 -> sql.matches("[+-]?\\d+") ? sql : null;
            case FLOAT64, NUMERIC, BIGNUMERIC -> NUMBER.matcher(sql).matches() ? sql : null;
            case BOOL -> sql.equalsIgnoreCase("TRUE") || sql.equalsIgnoreCase("FALSE") ? sql : null;
            default -> null;
        };
    }

    private static String unquote(String literal) {
        return literal.substring(1, literal.length() - 1).translateEscapes();
    }

    private static StoreException invalid(Column column, String sql) {
        return StoreException.invalid("Invalid default value expression for column \"" + column.name() + "\": " + sql
                + " is not a literal or function of type " + column.typeText()
                + ". local-bigquery supports literals, CURRENT_DATE(), CURRENT_DATETIME(), CURRENT_TIME(), CURRENT_TIMESTAMP(),"
                + " GENERATE_UUID(), RAND() and SESSION_USER().");
    }
}
