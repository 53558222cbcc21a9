package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.functions.DateFunctions;
import io.catalogconnect.localbigquery.sql.functions.JsonFunctions;
import io.catalogconnect.localbigquery.sql.functions.JsonStrings;
import io.catalogconnect.localbigquery.sql.functions.Operators;
import io.catalogconnect.localbigquery.sql.functions.RegexpFunctions;
import io.catalogconnect.localbigquery.sql.functions.Rounding;
import io.catalogconnect.localbigquery.sql.functions.ScalarFunctions;
import io.catalogconnect.localbigquery.sql.functions.ScalarFunctions.Signature;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Casts;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Translates function calls: aggregates, window functions, date functions, functions of any type, and the templates of {@link ScalarFunctions}. */
final class CallTranslator {

    private static final Set<String> FLOAT_ONLY = Set.of("IS_NAN", "IS_INF", "IEEE_DIVIDE");

    private final TranslationContext context;
    private final ExpressionTranslator expressions;
    private final AggregateTranslator aggregates;
    private final DateFunctions dates;

    CallTranslator(TranslationContext context, ExpressionTranslator expressions) {
        this.context = context;
        this.expressions = expressions;
        this.aggregates = new AggregateTranslator(expressions);
        this.dates = new DateFunctions(context.environment().now());
    }

    TypedSql translate(Expr.Call call, NameScope scope) {
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

    private TypedSql call(Expr.Call call, NameScope scope) {
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
        TypedSql result = dates.knows(call.name())
                ? dates.translate(call, operand -> expressions.translate(operand, scope))
                : plain(call, scope);
        if (!call.safe()) {
            return result;
        }
        boolean simple = call.arguments().stream()
                .allMatch(a -> a instanceof Expr.Path || a instanceof Expr.Literal || a instanceof Expr.Parameter);
        if (!simple) {
            throw SqlError.unsupported("SAFE." + call.name() + " of anything but columns, literals and parameters");
        }
        return new TypedSql("TRY(" + result.sql() + ")", result.type());
    }

    private TypedSql plain(Expr.Call call, NameScope scope) {
        List<TypedSql> arguments = call.arguments().stream()
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
            case "REGEXP_EXTRACT", "REGEXP_EXTRACT_ALL" -> RegexpFunctions.extract(call.name(), arguments);
            case "TIMESTAMP" ->
                arguments.size() == 1
                                && arguments.get(0).is(Kind.STRING)
                                && arguments.get(0).literal() == null
                        ? Casts.cast(arguments.get(0), DataType.TIMESTAMP, false)
                        : signature(call, arguments);
            case "TO_JSON" -> JsonStrings.toJson(arguments);
            case "PARSE_JSON" -> JsonFunctions.parse(arguments);
            case "TO_JSON_STRING" -> JsonStrings.of(arguments);
            case "JSON_VALUE", "JSON_EXTRACT_SCALAR" -> JsonFunctions.scalar(call.name(), arguments);
            default -> signature(call, arguments);
        };
    }

    private TypedSql signature(Expr.Call call, List<TypedSql> arguments) {
        List<Signature> signatures = ScalarFunctions.of(call.name());
        if (signatures.isEmpty()) {
            throw context.error(
                    SqlError.unsupported("the function " + call.name()).getMessage(), call.at());
        }
        boolean decimal = isDecimal(call.name(), arguments);
        for (boolean exact : new boolean[] {true, false}) {
            for (Signature signature : signatures) {
                List<TypedSql> coerced = coerce(arguments, signature.parameters(), exact);
                if (arguments.size() == signature.parameters().size() && coerced.size() == arguments.size()) {
                    if (exact || decimal == signature.parameters().stream().anyMatch(DataType::isDecimal)) {
                        return new TypedSql(signature.apply(coerced), signature.result());
                    }
                }
            }
        }
        if (decimal && signatures.get(0).parameters().contains(DataType.FLOAT64)) {
            throw SqlError.unsupported(call.name() + " of NUMERIC values; cast to FLOAT64 first");
        }
        throw Operators.noSignature("function " + call.name(), arguments.toArray(TypedSql[]::new));
    }

    /** Returns whether GoogleSQL computes with decimals: an argument is a decimal, the others coerce to it, and the function is not FLOAT64 only. */
    private static boolean isDecimal(String function, List<TypedSql> arguments) {
        return !FLOAT_ONLY.contains(function)
                && arguments.stream().anyMatch(a -> a.type().isDecimal())
                && arguments.stream().noneMatch(a -> a.is(Kind.FLOAT64) && a.literal() == null);
    }

    private static List<TypedSql> coerce(List<TypedSql> arguments, List<DataType> parameters, boolean exact) {
        List<TypedSql> result = new ArrayList<>();
        if (arguments.size() == parameters.size()) {
            for (int i = 0; i < parameters.size(); i++) {
                boolean same = arguments.get(i).type().equals(parameters.get(i));
                TypedSql coerced = exact && !same ? null : Coercions.to(arguments.get(i), parameters.get(i));
                if (coerced != null) {
                    result.add(coerced);
                }
            }
        }
        return result;
    }

    private static void arity(Expr.Call call, List<TypedSql> arguments, int least, int most) {
        if (arguments.size() < least || arguments.size() > most) {
            throw Operators.noSignature("function " + call.name(), arguments.toArray(TypedSql[]::new));
        }
    }

    private static TypedSql ifThenElse(Expr.Call call, List<TypedSql> arguments) {
        arity(call, arguments, 3, 3);
        TypedSql condition = Coercions.required(arguments.get(0), DataType.BOOL, "function IF");
        DataType type = Operators.supertype("function IF", arguments.subList(1, 3));
        return new TypedSql(
                "CASE WHEN " + condition.sql() + " THEN " + as(arguments.get(1), type) + " ELSE "
                        + as(arguments.get(2), type) + " END",
                type);
    }

    private static String as(TypedSql value, DataType type) {
        return Coercions.required(value, type, "function").sql();
    }

    private static TypedSql coalesce(Expr.Call call, List<TypedSql> arguments) {
        arity(
                call,
                arguments,
                call.name().equals("IFNULL") ? 2 : 1,
                call.name().equals("IFNULL") ? 2 : Integer.MAX_VALUE);
        DataType type = Operators.supertype("function " + call.name(), arguments);
        return new TypedSql("coalesce(" + list(arguments, type) + ")", type);
    }

    private static String list(List<TypedSql> arguments, DataType type) {
        return arguments.stream().map(a -> as(a, type)).collect(Collectors.joining(", "));
    }

    private static TypedSql nullIf(Expr.Call call, List<TypedSql> arguments) {
        arity(call, arguments, 2, 2);
        DataType type = Operators.supertype("function NULLIF", arguments);
        String equal = Operators.binary("=", arguments.get(0), arguments.get(1)).sql();
        return new TypedSql("CASE WHEN " + equal + " THEN NULL ELSE " + as(arguments.get(0), type) + " END", type);
    }

    private static TypedSql extreme(String name, List<TypedSql> arguments) {
        if (arguments.isEmpty()) {
            throw Operators.noSignature("function " + name);
        }
        DataType type = Operators.supertype("function " + name, arguments);
        if (type.isArray() || type.isStruct() || type.is(Kind.JSON)) {
            throw Operators.noSignature("function " + name, arguments.toArray(TypedSql[]::new));
        }
        String anyNull = arguments.stream().map(a -> a.sql() + " IS NULL").collect(Collectors.joining(" OR "));
        // DuckDB orders NaN as the greatest number. GREATEST and LEAST must both return it.
        String anyNan =
                arguments.stream().map(a -> "isnan(" + as(a, type) + ")").collect(Collectors.joining(" OR "));
        return new TypedSql(
                "CASE WHEN " + anyNull + " THEN NULL "
                        + (type.is(Kind.FLOAT64) ? "WHEN " + anyNan + " THEN CAST('nan' AS DOUBLE) " : "") + "ELSE "
                        + name.toLowerCase(java.util.Locale.ROOT) + "(" + list(arguments, type) + ") END",
                type);
    }

    private static TypedSql concat(List<TypedSql> arguments) {
        DataType type = arguments.stream().anyMatch(a -> a.is(Kind.BYTES)) ? DataType.BYTES : DataType.STRING;
        if (arguments.isEmpty() || !arguments.stream().allMatch(a -> Coercions.possible(a, type))) {
            throw Operators.noSignature("function CONCAT", arguments.toArray(TypedSql[]::new));
        }
        return new TypedSql(
                Sql.balanced("||", arguments.stream().map(a -> as(a, type)).toList()), type);
    }

    private static TypedSql array(String name, List<TypedSql> arguments) {
        if (arguments.isEmpty() || !arguments.stream().allMatch(a -> a.type().isArray())) {
            throw Operators.noSignature("function " + name, arguments.toArray(TypedSql[]::new));
        }
        TypedSql first = arguments.get(0);
        return switch (name) {
            case "ARRAY_LENGTH" -> new TypedSql("CAST(len(" + first.sql() + ") AS BIGINT)", DataType.INT64);
            case "ARRAY_REVERSE" -> new TypedSql("list_reverse(" + first.sql() + ")", first.type());
            default -> {
                DataType type = Operators.supertype("function ARRAY_CONCAT", arguments);
                yield new TypedSql(
                        Sql.balanced(
                                "||", arguments.stream().map(a -> as(a, type)).toList()),
                        type);
            }
        };
    }
}
