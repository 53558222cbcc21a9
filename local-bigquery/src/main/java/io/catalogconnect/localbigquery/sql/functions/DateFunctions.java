package io.catalogconnect.localbigquery.sql.functions;

import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.Literals;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Sql;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The date and time functions that take a part, an interval, a format, or no argument at all. */
public final class DateFunctions {

    private static final Map<String, Kind> TYPES =
            Map.of("DATE", Kind.DATE, "DATETIME", Kind.DATETIME, "TIMESTAMP", Kind.TIMESTAMP, "TIME", Kind.TIME);
    private static final Set<String> VERBS = Set.of("ADD", "SUB", "DIFF", "TRUNC");
    private static final String FORMATS = "YmdHMSyjAaBbFTRep%DsI";

    private final Instant now;

    /**
     * The functions of one statement.
     *
     * @param now the value of CURRENT_TIMESTAMP()
     */
    public DateFunctions(Instant now) {
        this.now = now;
    }

    public boolean knows(String name) {
        int underscore = name.indexOf('_');
        if (underscore < 0) {
            return false;
        }
        String head = name.substring(0, underscore);
        String tail = name.substring(underscore + 1);
        boolean typed = TYPES.containsKey(head) && VERBS.contains(tail);
        return typed
                || ((head.equals("CURRENT") || head.equals("FORMAT") || head.equals("PARSE"))
                        && TYPES.containsKey(tail));
    }

    public TypedSql translate(Expr.Call call, Function<Expr, TypedSql> operand) {
        int underscore = call.name().indexOf('_');
        String head = call.name().substring(0, underscore);
        String tail = call.name().substring(underscore + 1);
        return switch (head) {
            case "CURRENT" -> current(call, TYPES.getOrDefault(tail, Kind.TIMESTAMP), operand);
            case "FORMAT" -> format(call, DataType.of(TYPES.getOrDefault(tail, Kind.TIMESTAMP)), operand);
            case "PARSE" -> parse(call, DataType.of(TYPES.getOrDefault(tail, Kind.TIMESTAMP)), operand);
            default -> {
                DataType type = DataType.of(TYPES.getOrDefault(head, Kind.TIMESTAMP));
                yield switch (tail) {
                    case "ADD" -> add(call, type, "+", operand);
                    case "SUB" -> add(call, type, "-", operand);
                    case "DIFF" -> diff(call, type, operand);
                    default -> truncate(call, type, operand);
                };
            }
        };
    }

    private TypedSql argument(Expr.Call call, int index, DataType type, Function<Expr, TypedSql> operand) {
        TypedSql value = operand.apply(call.arguments().get(index));
        TypedSql coerced = Coercions.to(value, type);
        if (coerced == null && type.is(Kind.DATE) && (value.is(Kind.DATETIME) || value.is(Kind.TIMESTAMP))) {
            throw SqlError.unsupported(call.name() + " of a " + value.type() + "; use " + value.type() + "_"
                    + call.name().substring(5));
        }
        if (coerced == null) {
            throw Operators.noSignature("function " + call.name(), value);
        }
        return coerced;
    }

    private static void arity(Expr.Call call, int least, int most) {
        int count = call.arguments().size();
        if (count < least || count > most) {
            throw new SqlError("No matching signature for function " + call.name() + " with " + count + " arguments");
        }
    }

    private TypedSql current(Expr.Call call, Kind kind, Function<Expr, TypedSql> operand) {
        arity(call, 0, 1);
        ZoneId zone = ZoneOffset.UTC;
        if (!call.arguments().isEmpty()) {
            String name = operand.apply(call.arguments().get(0)).literal();
            if (name == null || kind == Kind.TIMESTAMP) {
                throw SqlError.unsupported(call.name() + " with a time zone that is not a literal");
            }
            try {
                zone = Literals.zone(name);
            } catch (java.time.DateTimeException e) {
                throw new SqlError("Invalid time zone: " + name);
            }
        }
        java.time.LocalDateTime local =
                now.truncatedTo(ChronoUnit.MICROS).atZone(zone).toLocalDateTime();
        return switch (kind) {
            case DATE -> Literals.of(kind, local.toLocalDate().toString());
            case TIME ->
                Literals.of(
                        kind,
                        java.time.format.DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT)
                                .format(local));
            default ->
                Literals.of(
                        kind,
                        java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
                                .format(local));
        };
    }

    private static String part(Expr.Call call, int index) {
        Expr part = call.arguments().get(index);
        if (part instanceof Expr.Path path && path.names().size() == 1) {
            return path.names().get(0).toUpperCase(Locale.ROOT);
        }
        if (part instanceof Expr.Call week
                && week.name().equals("WEEK")
                && week.arguments().size() == 1) {
            if (week.arguments().get(0) instanceof Expr.Path day) {
                return "WEEK(" + day.names().get(0).toUpperCase(Locale.ROOT) + ")";
            }
        }
        throw new SqlError("A valid date part name is required as argument " + (index + 1) + " of " + call.name());
    }

    private TypedSql add(Expr.Call call, DataType type, String sign, Function<Expr, TypedSql> operand) {
        arity(call, 2, 2);
        TypedSql value = argument(call, 0, type, operand);
        if (!(call.arguments().get(1) instanceof Expr.Interval interval)) {
            throw new SqlError(
                    "No matching signature for function " + call.name() + ": the second argument must be an INTERVAL");
        }
        TypedSql amount = Coercions.required(operand.apply(interval.amount()), DataType.INT64, "INTERVAL");
        return new TypedSql(DateParts.add(call.name(), value.sql(), type, sign, amount.sql(), interval.part()), type);
    }

    private TypedSql diff(Expr.Call call, DataType type, Function<Expr, TypedSql> operand) {
        arity(call, 3, 3);
        String later = argument(call, 0, type, operand).sql();
        String earlier = argument(call, 1, type, operand).sql();
        String part = part(call, 2);
        if (type.is(Kind.TIME)) {
            throw SqlError.unsupported("TIME_DIFF");
        }
        String sql = type.is(Kind.TIMESTAMP)
                ? DateParts.wholeParts(call.name(), later, earlier, part)
                : DateParts.boundaries(call.name(), later, earlier, type, part);
        return new TypedSql(sql, DataType.INT64);
    }

    private TypedSql truncate(Expr.Call call, DataType type, Function<Expr, TypedSql> operand) {
        arity(call, 2, type.is(Kind.TIMESTAMP) ? 3 : 2);
        if (type.is(Kind.TIME)) {
            throw SqlError.unsupported("TIME_TRUNC");
        }
        String value = argument(call, 0, type, operand).sql();
        if (!type.is(Kind.TIMESTAMP)) {
            return new TypedSql(DateParts.truncate(call.name(), value, type, part(call, 1)), type);
        }
        String zone = call.arguments().size() == 3
                ? argument(call, 2, DataType.STRING, operand).sql()
                : "'UTC'";
        String local = DateParts.truncate(
                call.name(), "timezone(" + zone + ", " + value + ")", DataType.DATETIME, part(call, 1));
        return new TypedSql(DateParts.instant(local, zone), type);
    }

    private TypedSql format(Expr.Call call, DataType type, Function<Expr, TypedSql> operand) {
        arity(call, 2, 2);
        String format = format(call, type);
        String value = argument(call, 1, type, operand).sql();
        String local = type.is(Kind.TIMESTAMP) ? "timezone('UTC', " + value + ")" : value;
        if (type.is(Kind.TIME)) {
            local = "(DATE '1970-01-01' + " + value + ")";
        }
        String text = "strftime(" + local + ", " + Sql.literal(format) + ")";
        if (format.contains("%Y")) {
            text = "CASE WHEN year(" + local
                    + ") < 1000 THEN error('Unsupported: %Y of a year before 1000 is outside the GoogleSQL subset of"
                    + " local-bigquery') ELSE " + text + " END";
        }
        return new TypedSql(text, DataType.STRING);
    }

    private TypedSql parse(Expr.Call call, DataType type, Function<Expr, TypedSql> operand) {
        arity(call, 2, 2);
        String format = format(call, type);
        if (format.contains("%p") || format.contains("%I") || format.contains("%e") || format.contains("%j")) {
            throw SqlError.unsupported(call.name() + " with the format " + format);
        }
        String text = argument(call, 1, DataType.STRING, operand).sql();
        String parsed = "strptime(" + text + ", " + Sql.literal(format) + ")";
        return new TypedSql(
                type.is(Kind.TIMESTAMP)
                        ? "timezone('UTC', " + parsed + ")"
                        : "CAST(" + parsed + " AS " + type.duckType() + ")",
                type);
    }

    /** A format with elements that both engines support. Compound elements are expanded. */
    private String format(Expr.Call call, DataType type) {
        if (!(call.arguments().get(0) instanceof Expr.Literal literal)
                || !literal.kind().equals("STRING")) {
            throw SqlError.unsupported(call.name() + " with a format that is not a literal");
        }
        String format = literal.text();
        for (int i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i + 2)) {
            char element = i + 1 < format.length() ? format.charAt(i + 1) : ' ';
            boolean clock = "HMSTRIps".indexOf(element) >= 0;
            if (FORMATS.indexOf(element) < 0
                    || element == 's'
                    || (clock && type.is(Kind.DATE))
                    || (!clock && element != '%' && type.is(Kind.TIME))) {
                throw SqlError.unsupported(call.name() + " with the format element %" + element);
            }
        }
        return format.replace("%F", "%Y-%m-%d")
                .replace("%T", "%H:%M:%S")
                .replace("%R", "%H:%M")
                .replace("%D", "%m/%d/%y");
    }
}
