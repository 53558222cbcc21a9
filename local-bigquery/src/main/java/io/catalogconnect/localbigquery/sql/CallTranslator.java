package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.DataType.Kind;
import io.catalogconnect.localbigquery.sql.Signatures.Signature;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Function calls: aggregates and window functions, the date functions, those that take any type, and the templates of {@link Signatures}. */
final class CallTranslator {

    private static final Set<String> FLOAT_ONLY = Set.of("IS_NAN", "IS_INF", "IEEE_DIVIDE");

    private final Context context;
    private final ExpressionTranslator expressions;
    private final AggregateTranslator aggregates;
    private final DateFunctions dates;

    CallTranslator(Context context, ExpressionTranslator expressions) {
        this.context = context;
        this.expressions = expressions;
        this.aggregates = new AggregateTranslator(expressions);
        this.dates = new DateFunctions(context, expressions);
    }

    Typed translate(Expr.Call call, Scope scope) {
        try {
            return call(call, scope);
        } catch (SqlError e) {
            if (e.getMessage().startsWith("No matching signature")
                    && !e.getMessage().contains(" at [")) {
                throw context.error(e.getMessage(), call.at());
            }
            throw e;
        }
    }

    private Typed call(Expr.Call call, Scope scope) {
        if (AggregateTranslator.knows(call.name()) || call.over() != null) {
            if (call.safe()) {
                throw SqlError.unsupported("SAFE." + call.name());
            }
            return aggregates.translate(call, scope);
        }
        if (call.distinct() || !call.nulls().isEmpty() || !call.order().isEmpty() || call.limit() != null) {
            throw new SqlError("Function " + call.name()
                    + " does not support DISTINCT, IGNORE NULLS, ORDER BY or LIMIT in arguments");
        }
        Typed result = dates.knows(call.name()) ? dates.translate(call, scope) : plain(call, scope);
        if (!call.safe()) {
            return result;
        }
        boolean simple = call.arguments().stream()
                .allMatch(a -> a instanceof Expr.Path || a instanceof Expr.Literal || a instanceof Expr.Parameter);
        if (!simple) {
            throw SqlError.unsupported("SAFE." + call.name() + " of anything but columns, literals and parameters");
        }
        return new Typed("TRY(" + result.sql() + ")", result.type());
    }

    private Typed plain(Expr.Call call, Scope scope) {
        List<Typed> arguments = call.arguments().stream()
                .map(a -> expressions.translate(a, scope))
                .toList();
        return switch (call.name()) {
            case "IF" -> ifThenElse(call, arguments);
            case "COALESCE", "IFNULL" -> coalesce(call, arguments);
            case "NULLIF" -> nullIf(call, arguments);
            case "GREATEST", "LEAST" -> extreme(call.name(), arguments);
            case "CONCAT" -> concat(arguments);
            case "ARRAY_LENGTH", "ARRAY_REVERSE", "ARRAY_CONCAT" -> array(call.name(), arguments);
            case "ROUND" -> arguments.size() == 2 ? Rounding.digits(arguments) : signature(call, arguments);
            case "REGEXP_EXTRACT", "REGEXP_EXTRACT_ALL" -> Patterns.extract(call.name(), arguments);
            case "TIMESTAMP" ->
                arguments.size() == 1
                                && arguments.get(0).is(Kind.STRING)
                                && arguments.get(0).literal() == null
                        ? Casts.cast(arguments.get(0), DataType.TIMESTAMP, false)
                        : signature(call, arguments);
            case "TO_JSON_STRING" -> JsonStrings.of(arguments);
            case "JSON_VALUE", "JSON_EXTRACT_SCALAR" -> JsonFunctions.scalar(call.name(), arguments);
            default -> signature(call, arguments);
        };
    }

    private Typed signature(Expr.Call call, List<Typed> arguments) {
        List<Signature> signatures = Signatures.of(call.name());
        if (signatures.isEmpty()) {
            throw context.error(
                    SqlError.unsupported("the function " + call.name()).getMessage(), call.at());
        }
        boolean decimal = isDecimal(call.name(), arguments);
        for (boolean exact : new boolean[] {true, false}) {
            for (Signature signature : signatures) {
                List<Typed> coerced = coerce(arguments, signature.parameters(), exact);
                if (arguments.size() == signature.parameters().size() && coerced.size() == arguments.size()) {
                    if (exact || decimal == signature.parameters().stream().anyMatch(DataType::isDecimal)) {
                        return new Typed(signature.apply(coerced), signature.result());
                    }
                }
            }
        }
        if (decimal && signatures.get(0).parameters().contains(DataType.FLOAT64)) {
            throw SqlError.unsupported(call.name() + " of NUMERIC values; cast to FLOAT64 first");
        }
        throw Operators.noSignature("function " + call.name(), arguments.toArray(Typed[]::new));
    }

    /** Whether GoogleSQL reckons with decimals: one argument is, and the others become one; but some functions are of FLOAT64 only. */
    private static boolean isDecimal(String function, List<Typed> arguments) {
        return !FLOAT_ONLY.contains(function)
                && arguments.stream().anyMatch(a -> a.type().isDecimal())
                && arguments.stream().noneMatch(a -> a.is(Kind.FLOAT64) && a.literal() == null);
    }

    private static List<Typed> coerce(List<Typed> arguments, List<DataType> parameters, boolean exact) {
        List<Typed> result = new ArrayList<>();
        if (arguments.size() == parameters.size()) {
            for (int i = 0; i < parameters.size(); i++) {
                boolean same = arguments.get(i).type().equals(parameters.get(i));
                Typed coerced = exact && !same ? null : Coercions.to(arguments.get(i), parameters.get(i));
                if (coerced != null) {
                    result.add(coerced);
                }
            }
        }
        return result;
    }

    private static void arity(Expr.Call call, List<Typed> arguments, int least, int most) {
        if (arguments.size() < least || arguments.size() > most) {
            throw Operators.noSignature("function " + call.name(), arguments.toArray(Typed[]::new));
        }
    }

    private static Typed ifThenElse(Expr.Call call, List<Typed> arguments) {
        arity(call, arguments, 3, 3);
        Typed condition = ExpressionTranslator.required(arguments.get(0), DataType.BOOL, "function IF");
        DataType type = Operators.supertype("function IF", arguments.subList(1, 3));
        return new Typed(
                "CASE WHEN " + condition.sql() + " THEN " + as(arguments.get(1), type) + " ELSE "
                        + as(arguments.get(2), type) + " END",
                type);
    }

    private static String as(Typed value, DataType type) {
        return ExpressionTranslator.required(value, type, "function").sql();
    }

    private static Typed coalesce(Expr.Call call, List<Typed> arguments) {
        arity(
                call,
                arguments,
                call.name().equals("IFNULL") ? 2 : 1,
                call.name().equals("IFNULL") ? 2 : Integer.MAX_VALUE);
        DataType type = Operators.supertype("function " + call.name(), arguments);
        return new Typed("coalesce(" + list(arguments, type) + ")", type);
    }

    private static String list(List<Typed> arguments, DataType type) {
        return arguments.stream().map(a -> as(a, type)).collect(Collectors.joining(", "));
    }

    private static Typed nullIf(Expr.Call call, List<Typed> arguments) {
        arity(call, arguments, 2, 2);
        DataType type = Operators.supertype("function NULLIF", arguments);
        String equal = Operators.binary("=", arguments.get(0), arguments.get(1)).sql();
        return new Typed("CASE WHEN " + equal + " THEN NULL ELSE " + as(arguments.get(0), type) + " END", type);
    }

    private static Typed extreme(String name, List<Typed> arguments) {
        if (arguments.isEmpty()) {
            throw Operators.noSignature("function " + name);
        }
        DataType type = Operators.supertype("function " + name, arguments);
        if (type.isArray() || type.isStruct() || type.is(Kind.JSON)) {
            throw Operators.noSignature("function " + name, arguments.toArray(Typed[]::new));
        }
        String anyNull = arguments.stream().map(a -> a.sql() + " IS NULL").collect(Collectors.joining(" OR "));
        // NaN is the greatest number to DuckDB; here it is the least too.
        String anyNan =
                arguments.stream().map(a -> "isnan(" + as(a, type) + ")").collect(Collectors.joining(" OR "));
        return new Typed(
                "CASE WHEN " + anyNull + " THEN NULL "
                        + (type.is(Kind.FLOAT64) ? "WHEN " + anyNan + " THEN CAST('nan' AS DOUBLE) " : "") + "ELSE "
                        + name.toLowerCase(java.util.Locale.ROOT) + "(" + list(arguments, type) + ") END",
                type);
    }

    private static Typed concat(List<Typed> arguments) {
        DataType type = arguments.stream().anyMatch(a -> a.is(Kind.BYTES)) ? DataType.BYTES : DataType.STRING;
        if (arguments.isEmpty() || !arguments.stream().allMatch(a -> Coercions.possible(a, type))) {
            throw Operators.noSignature("function CONCAT", arguments.toArray(Typed[]::new));
        }
        return new Typed(arguments.stream().map(a -> as(a, type)).collect(Collectors.joining(" || ", "(", ")")), type);
    }

    private static Typed array(String name, List<Typed> arguments) {
        if (arguments.isEmpty() || !arguments.stream().allMatch(a -> a.type().isArray())) {
            throw Operators.noSignature("function " + name, arguments.toArray(Typed[]::new));
        }
        Typed first = arguments.get(0);
        return switch (name) {
            case "ARRAY_LENGTH" -> new Typed("CAST(len(" + first.sql() + ") AS BIGINT)", DataType.INT64);
            case "ARRAY_REVERSE" -> new Typed("list_reverse(" + first.sql() + ")", first.type());
            default -> {
                DataType type = Operators.supertype("function ARRAY_CONCAT", arguments);
                yield new Typed(
                        arguments.stream().map(a -> as(a, type)).collect(Collectors.joining(" || ", "(", ")")), type);
            }
        };
    }
}
