package io.catalogconnect.localbigquery.sql.functions;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.Literals;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Translates operators. Division, NaN and decimals are guarded where DuckDB and BigQuery differ. */
public final class Operators {

    private Operators() {}

    public static SqlError noSignature(String what, TypedSql... arguments) {
        return new SqlError("No matching signature for " + what + " for argument types: "
                + Arrays.stream(arguments).map(a -> a.type().toString()).collect(Collectors.joining(", ")));
    }

    public static DataType supertype(String what, List<TypedSql> values) {
        return Coercions.supertype(values).orElseThrow(() -> noSignature(what, values.toArray(TypedSql[]::new)));
    }

    public static void refuseUnequatable(String what, DataType type) {
        if (type.isArray() || type.is(Kind.JSON) || type.is(Kind.GEOGRAPHY)) {
            throw new SqlError("Equality is not defined for arguments of type " + type + " (" + what + ")");
        }
        if (type.isStruct()) {
            throw SqlError.unsupported("comparing values of type STRUCT");
        }
    }

    private static SqlError literalNull(String operator) {
        return new SqlError("Operands of " + operator + " cannot be literal NULL");
    }

    public static TypedSql unary(String operator, TypedSql value) {
        if (value.sql().equals("NULL")) {
            throw literalNull(operator);
        }
        switch (operator) {
            case "NOT" -> {
                return TypedSql.bool("(NOT " + coerced(value, DataType.BOOL, "operator NOT") + ")");
            }
            case "+" -> {
                return value;
            }
            case "-" -> {
                if (!value.type().isNumber() && !value.isNull()) {
                    throw noSignature("operator -", value);
                }
                return new TypedSql(
                        (value.is(Kind.INT64) ? "(CAST(0 AS BIGINT) - " : "(-") + value.sql() + ")", value.type());
            }
            default -> {
                return new TypedSql("(~" + coerced(value, DataType.INT64, "operator ~") + ")", DataType.INT64);
            }
        }
    }

    private static String coerced(TypedSql value, DataType type, String what) {
        TypedSql coerced = Coercions.to(value, type);
        if (coerced == null) {
            throw noSignature(what, value);
        }
        return coerced.sql();
    }

    public static TypedSql binary(String operator, TypedSql left, TypedSql right) {
        boolean logic = operator.equals("AND") || operator.equals("OR") || operator.equals("IS DISTINCT FROM");
        if (!logic && (left.sql().equals("NULL") || right.sql().equals("NULL"))) {
            throw literalNull(operator);
        }
        return switch (operator) {
            case "AND", "OR" ->
                TypedSql.bool("(" + coerced(left, DataType.BOOL, "operator " + operator) + " " + operator + " "
                        + coerced(right, DataType.BOOL, "operator " + operator) + ")");
            case "=", "!=", "<", ">", "<=", ">=" -> comparison(operator, left, right);
            case "IS DISTINCT FROM" -> distinct(left, right);
            case "LIKE" ->
                TypedSql.bool("(" + coerced(left, DataType.STRING, "operator LIKE") + " LIKE "
                        + coerced(right, DataType.STRING, "operator LIKE") + " ESCAPE '\\')");
            case "+", "-", "*" -> arithmetic(operator, left, right);
            case "/" -> division(left, right);
            case "||" -> concat(left, right);
            case "&", "|" ->
                new TypedSql(
                        "(" + coerced(left, DataType.INT64, "operator " + operator) + " " + operator + " "
                                + coerced(right, DataType.INT64, "operator " + operator) + ")",
                        DataType.INT64);
            case "^" ->
                new TypedSql(
                        "xor(" + coerced(left, DataType.INT64, "operator ^") + ", "
                                + coerced(right, DataType.INT64, "operator ^") + ")",
                        DataType.INT64);
            default -> throw SqlError.unsupported("operator " + operator);
        };
    }

    private static TypedSql comparison(String operator, TypedSql left, TypedSql right) {
        DataType type = supertype("operator " + operator, List.of(left, right));
        refuseUnequatable("operator " + operator, type);
        String a = coerced(left, type, "operator " + operator);
        String b = coerced(right, type, "operator " + operator);
        String plain = "(" + a + " " + operator + " " + b + ")";
        if (!type.is(Kind.FLOAT64)
                || (operator.equals("<") && left.literal() != null)
                || (left.literal() != null && right.literal() != null)) {
            return TypedSql.bool(plain);
        }
        return TypedSql.bool("CASE WHEN isnan(" + a + ") OR isnan(" + b + ") THEN CASE WHEN " + a + " IS NULL OR " + b
                + " IS NULL THEN NULL ELSE " + (operator.equals("!=") ? "TRUE" : "FALSE") + " END ELSE " + plain
                + " END");
    }

    private static TypedSql distinct(TypedSql left, TypedSql right) {
        DataType type = supertype("operator IS DISTINCT FROM", List.of(left, right));
        refuseUnequatable("operator IS DISTINCT FROM", type);
        return TypedSql.bool("(" + coerced(left, type, "IS DISTINCT FROM") + " IS DISTINCT FROM "
                + coerced(right, type, "IS DISTINCT FROM") + ")");
    }

    private static TypedSql arithmetic(String operator, TypedSql left, TypedSql right) {
        boolean dayArithmetic = left.is(Kind.DATE) && right.is(Kind.INT64) && !operator.equals("*");
        if (dayArithmetic) {
            return new TypedSql(
                    DateParts.add("DATE", left.sql(), DataType.DATE, operator, right.sql(), "DAY"), DataType.DATE);
        }
        DataType type = supertype("operator " + operator, List.of(left, right));
        if (type.is(Kind.NULL)) {
            return Literals.nullOf(DataType.INT64);
        }
        if (left.is(Kind.DATE) && right.is(Kind.DATE)) {
            throw SqlError.unsupported("the difference of two dates as an INTERVAL; use DATE_DIFF");
        }
        if (!type.isNumber()) {
            throw noSignature("operator " + operator, left, right);
        }
        String a = coerced(left, type, "operator " + operator);
        String b = coerced(right, type, "operator " + operator);
        if (!type.isDecimal()) {
            return new TypedSql("(" + a + " " + operator + " " + b + ")", type);
        }
        String function = operator.equals("*") ? "multiply" : operator.equals("+") ? "add" : "subtract";
        return new TypedSql(exact(function, type, a, b), type);
    }

    /** A Java function over two decimals of a type, because DuckDB's operators convert DECIMAL to DOUBLE or overflow early. */
    public static String exact(String function, DataType type, String a, String b) {
        return "bq_" + type.kind().name().toLowerCase(Locale.ROOT) + "_" + function + "(" + a + ", " + b + ")";
    }

    private static TypedSql division(TypedSql left, TypedSql right) {
        DataType type = supertype("operator /", List.of(left, right));
        if (type.isDecimal()) {
            return new TypedSql(
                    exact("divide", type, coerced(left, type, "operator /"), coerced(right, type, "operator /")), type);
        }
        if (!type.isNumber() && !type.is(Kind.NULL)) {
            throw noSignature("operator /", left, right);
        }
        String a = coerced(left, DataType.FLOAT64, "operator /");
        String b = coerced(right, DataType.FLOAT64, "operator /");
        return new TypedSql("(" + a + " / " + nonZero(left.sql(), right.sql(), b) + ")", DataType.FLOAT64);
    }

    /** The divisor {@code b}, or BigQuery's error if it is zero. */
    static String nonZero(String left, String right, String b) {
        String shown =
                left.length() < 200 ? " || ': ' || coalesce(CAST(" + left + " AS VARCHAR), 'NULL') || ' / 0'" : "";
        return "CASE WHEN " + right + " = 0 THEN "
                + (left.length() < 200 ? "CASE WHEN " + left + " IS NULL THEN NULL ELSE " : "")
                + "error('division by zero'" + shown + ")" + (left.length() < 200 ? " END" : "") + " ELSE " + b
                + " END";
    }

    private static TypedSql concat(TypedSql left, TypedSql right) {
        if (left.type().isArray() && right.type().isArray()) {
            DataType array = supertype("operator ||", List.of(left, right));
            return new TypedSql(
                    "(" + coerced(left, array, "operator ||") + " || " + coerced(right, array, "operator ||") + ")",
                    array);
        }
        DataType type = left.is(Kind.BYTES) || right.is(Kind.BYTES) ? DataType.BYTES : DataType.STRING;
        if (!Coercions.possible(left, type) || !Coercions.possible(right, type)) {
            throw noSignature("operator ||", left, right);
        }
        return new TypedSql(
                "(" + coerced(left, type, "operator ||") + " || " + coerced(right, type, "operator ||") + ")", type);
    }
}
