package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.functions.Operators;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** IN over a list, an array and a subquery. */
final class InTranslator {

    private final ExpressionTranslator expressions;
    private final QueryTranslator queries;

    InTranslator(ExpressionTranslator expressions, QueryTranslator queries) {
        this.expressions = expressions;
        this.queries = queries;
    }

    TypedSql list(Expr.InList in, NameScope scope) {
        TypedSql value = expressions.translate(in.value(), scope);
        List<TypedSql> all = new ArrayList<>(List.of(value));
        in.list().forEach(item -> all.add(expressions.translate(item, scope)));
        DataType type = Operators.supertype("operator IN", all);
        Operators.refuseUnequatable("operator IN", type);
        if (type.is(Kind.FLOAT64)) {
            String any = all.subList(1, all.size()).stream()
                    .map(item -> item.isNull()
                            ? "CAST(NULL AS BOOLEAN)"
                            : Operators.binary("=", value, item).sql())
                    .collect(Collectors.joining(" OR ", "(", ")"));
            return ExpressionTranslator.not(in.negated(), TypedSql.bool(any));
        }
        String list = all.subList(1, all.size()).stream()
                .map(item -> Coercions.required(item, type, "operator IN").sql())
                .collect(Collectors.joining(", "));
        String sql = "(" + Coercions.required(value, type, "operator IN").sql() + " IN (" + list + "))";
        return ExpressionTranslator.not(in.negated(), TypedSql.bool(sql));
    }

    TypedSql array(Expr.InArray in, NameScope scope) {
        TypedSql value = expressions.translate(in.value(), scope);
        TypedSql array = expressions.translate(in.array(), scope);
        if (!array.type().isArray()) {
            throw new SqlError("Second argument of IN UNNEST must be an array but was " + array.type());
        }
        refuseFloats(array.type().element());
        TypedSql comparable = Coercions.required(value, array.type().element(), "operator IN UNNEST");
        return ExpressionTranslator.not(
                in.negated(), TypedSql.bool("(" + comparable.sql() + " IN (SELECT unnest(" + array.sql() + ")))"));
    }

    TypedSql query(Expr.InQuery in, NameScope scope) {
        TypedSql value = expressions.translate(in.value(), scope);
        QueryTranslator.Result query = queries.translate(in.query(), scope);
        DataType type = query.onlyColumn("IN").type();
        Operators.refuseUnequatable("operator IN", type);
        refuseFloats(type);
        TypedSql comparable = Coercions.to(value, type);
        if (comparable == null) {
            throw new SqlError("Cannot execute IN subquery with uncomparable types " + value.type() + " and " + type);
        }
        return ExpressionTranslator.not(
                in.negated(), TypedSql.bool("(" + comparable.sql() + " IN (" + query.sql() + "))"));
    }

    /** Excludes NaN, which is equal to itself in DuckDB. IN over many values cannot be guarded like a comparison. */
    private static void refuseFloats(DataType type) {
        if (type.is(Kind.FLOAT64)) {
            throw SqlError.unsupported("IN over a subquery or an array of FLOAT64 values");
        }
    }
}
