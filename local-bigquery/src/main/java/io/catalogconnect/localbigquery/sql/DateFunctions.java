package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.DataType.Kind;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.store.Sql;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The date and time functions that take a part, an interval, a format, or no argument at all. */
final class DateFunctions {

    private static final Map<String, Kind> TYPES =
            Map.of("DATE", Kind.DATE, "DATETIME", Kind.DATETIME, "TIMESTAMP", Kind.TIMESTAMP, "TIME", Kind.TIME);
    private static final Set<String> VERBS = Set.of("ADD", "SUB", "DIFF", "TRUNC");
    private static final String FORMATS = "YmdHMSyjAaBbFTRep%DsI";

    private final Context context;
    private final ExpressionTranslator expressions;

    DateFunctions(Context context, ExpressionTranslator expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    boolean knows(String name) {
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

    Typed translate(Expr.Call call, Scope scope) {
        int underscore = call.name().indexOf('_');
        String head = call.name().substring(0, underscore);
        String tail = call.name().substring(underscore + 1);
        return switch (head) {
            case "CURRENT" -> current(call, TYPES.getOrDefault(tail, Kind.TIMESTAMP), scope);
            case "FORMAT" -> format(call, DataType.of(TYPES.getOrDefault(tail, Kind.TIMESTAMP)), scope);
            case "PARSE" -> parse(call, DataType.of(TYPES.getOrDefault(tail, Kind.TIMESTAMP)), scope);
            default -> {
                DataType type = DataType.of(TYPES.getOrDefault(head, Kind.TIMESTAMP));
                yield switch (tail) {
                    case "ADD" -> add(call, type, "+", scope);
                    case "SUB" -> add(call, type, "-", scope);
                    case "DIFF" -> diff(call, type, scope);
                    default -> truncate(call, type, scope);
                };
            }
        };
    }

    private Typed argument(Expr.Call call, int index, DataType type, Scope scope) {
        Typed value = expressions.translate(call.arguments().get(index), scope);
        Typed coerced = Coercions.to(value, type);
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

    private Typed current(Expr.Call call, Kind kind, Scope scope) {
        arity(call, 0, 1);
        ZoneId zone = ZoneOffset.UTC;
        if (!call.arguments().isEmpty()) {
            String name = expressions.translate(call.arguments().get(0), scope).literal();
            if (name == null || kind == Kind.TIMESTAMP) {
                throw SqlError.unsupported(call.name() + " with a time zone that is not a literal");
            }
            try {
                zone = Literals.zone(name);
            } catch (java.time.DateTimeException e) {
                throw new SqlError("Invalid time zone: " + name);
            }
        }
        Instant now = context.environment().now().truncatedTo(ChronoUnit.MICROS);
        java.time.LocalDateTime local = now.atZone(zone).toLocalDateTime();
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

    private Typed add(Expr.Call call, DataType type, String sign, Scope scope) {
        arity(call, 2, 2);
        Typed value = argument(call, 0, type, scope);
        if (!(call.arguments().get(1) instanceof Expr.Interval interval)) {
            throw new SqlError(
                    "No matching signature for function " + call.name() + ": the second argument must be an INTERVAL");
        }
        Typed amount = ExpressionTranslator.required(
                expressions.translate(interval.amount(), scope), DataType.INT64, "INTERVAL");
        return new Typed(DateParts.add(call.name(), value.sql(), type, sign, amount.sql(), interval.part()), type);
    }

    private Typed diff(Expr.Call call, DataType type, Scope scope) {
        arity(call, 3, 3);
        String later = argument(call, 0, type, scope).sql();
        String earlier = argument(call, 1, type, scope).sql();
        String part = part(call, 2);
        if (type.is(Kind.TIME)) {
            throw SqlError.unsupported("TIME_DIFF");
        }
        String sql = type.is(Kind.TIMESTAMP)
                ? DateParts.wholeParts(call.name(), later, earlier, part)
                : DateParts.boundaries(call.name(), later, earlier, type, part);
        return new Typed(sql, DataType.INT64);
    }

    private Typed truncate(Expr.Call call, DataType type, Scope scope) {
        arity(call, 2, type.is(Kind.TIMESTAMP) ? 3 : 2);
        if (type.is(Kind.TIME)) {
            throw SqlError.unsupported("TIME_TRUNC");
        }
        String value = argument(call, 0, type, scope).sql();
        if (!type.is(Kind.TIMESTAMP)) {
            return new Typed(DateParts.truncate(call.name(), value, type, part(call, 1)), type);
        }
        String zone = call.arguments().size() == 3
                ? argument(call, 2, DataType.STRING, scope).sql()
                : "'UTC'";
        String local = DateParts.truncate(
                call.name(), "timezone(" + zone + ", " + value + ")", DataType.DATETIME, part(call, 1));
        return new Typed(DateParts.instant(local, zone), type);
    }

    private Typed format(Expr.Call call, DataType type, Scope scope) {
        arity(call, 2, 2);
        String format = format(call, type);
        String value = argument(call, 1, type, scope).sql();
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
        return new Typed(text, DataType.STRING);
    }

    private Typed parse(Expr.Call call, DataType type, Scope scope) {
        arity(call, 2, 2);
        String format = format(call, type);
        if (format.contains("%p") || format.contains("%I") || format.contains("%e") || format.contains("%j")) {
            throw SqlError.unsupported(call.name() + " with the format " + format);
        }
        String text = argument(call, 1, DataType.STRING, scope).sql();
        String parsed = "strptime(" + text + ", " + Sql.literal(format) + ")";
        return new Typed(
                type.is(Kind.TIMESTAMP)
                        ? "timezone('UTC', " + parsed + ")"
                        : "CAST(" + parsed + " AS " + type.duckType() + ")",
                type);
    }

    /** The format in elements that both engines have, each checked; the compound ones spelt out. */
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
