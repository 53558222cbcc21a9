package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.translation.TranslationContext.CommonTable;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of WITH RECURSIVE that reads itself: {@code base UNION ALL recursion}, where the recursion is a plain SELECT that names the entry
 * once in its FROM. A hidden column counts iterations, so that an endless recursion fails as in BigQuery instead of running forever.
 */
final class RecursiveTable {

    /** A name that no query can spell. */
    static final String ITERATION = "#iteration";

    private static final long MOST = 500;

    private final String name;
    private final Query.Body base;
    private final Query.Select recursion;

    private RecursiveTable(String name, Query.Body base, Query.Select recursion) {
        this.name = name;
        this.base = base;
        this.recursion = recursion;
    }

    /** Returns whether a query reads a table with this name outside of the subqueries in its expressions. */
    static boolean reads(Query query, String name) {
        return query.with().stream().noneMatch(with -> with.name().equalsIgnoreCase(name))
                && count(query.body(), name) > 0;
    }

    private static int count(Query.Body body, String name) {
        if (body instanceof Query.Nested nested) {
            return reads(nested.query(), name) ? 1 : 0;
        }
        if (body instanceof Query.SetOperation operation) {
            return operation.operands().stream()
                    .mapToInt(operand -> count(operand, name))
                    .sum();
        }
        Query.From from = ((Query.Select) body).from();
        return from == null ? 0 : count(from, name);
    }

    private static int count(Query.From from, String name) {
        if (from instanceof Query.Join join) {
            return count(join.left(), name) + count(join.right(), name);
        }
        if (from instanceof Query.Derived derived) {
            return reads(derived.query(), name) ? 1 : 0;
        }
        return from instanceof Query.Table table
                        && table.path().size() == 1
                        && table.path().get(0).equalsIgnoreCase(name)
                ? 1
                : 0;
    }

    static RecursiveTable of(Query.With entry) {
        Query query = entry.query();
        boolean plain = query.with().isEmpty()
                && query.order().isEmpty()
                && query.limit() == null
                && query.body() instanceof Query.SetOperation;
        if (!plain
                || !(query.body() instanceof Query.SetOperation operation)
                || !operation.operator().equals("UNION ALL")) {
            throw SqlError.unsupported("WITH RECURSIVE " + entry.name() + " that is not 'base UNION ALL recursion'");
        }
        List<Query.Body> operands = operation.operands();
        List<Query.Body> first = operands.subList(0, operands.size() - 1);
        Query.Body last = operands.get(operands.size() - 1);
        boolean once = first.stream().allMatch(operand -> count(operand, entry.name()) == 0)
                && last instanceof Query.Select select
                && directly(select.from(), entry.name());
        if (!once || !(last instanceof Query.Select select) || !isPlain(select)) {
            throw SqlError.unsupported("WITH RECURSIVE " + entry.name()
                    + " whose last part is not a plain SELECT that names it once, in an inner or cross join");
        }
        return new RecursiveTable(
                entry.name(), first.size() == 1 ? first.get(0) : new Query.SetOperation("UNION ALL", first), select);
    }

    private static boolean directly(Query.@org.jspecify.annotations.Nullable From from, String name) {
        if (from instanceof Query.Join join) {
            boolean inner = join.kind().equals("INNER") || join.kind().equals("CROSS");
            return inner && count(from, name) == 1 && (directly(join.left(), name) || directly(join.right(), name));
        }
        return from instanceof Query.Table && count(from, name) == 1;
    }

    private static boolean isPlain(Query.Select select) {
        return !select.distinct()
                && select.as().isEmpty()
                && select.groupBy().isEmpty()
                && !select.groupAll()
                && select.having() == null
                && select.qualify() == null
                && select.windows().isEmpty();
    }

    /** Translates the entry and adds the table to the context. */
    String translate(QueryTranslator queries, TranslationContext context) {
        QueryTranslator.Result start = queries.translate(query(base), null);
        String duckName = context.freshName("w");
        int hidden = start.columns().size();
        context.commonTables()
                .put(TranslationContext.key(name), new CommonTable(duckName, start.columns(), start.value(), hidden));
        List<Query.Item> items = new ArrayList<>(recursion.items());
        items.add(new Query.Column(next(), ITERATION));
        QueryTranslator.Result step = queries.translate(
                query(new Query.Select(
                        false,
                        "",
                        items,
                        recursion.from(),
                        recursion.where(),
                        List.of(),
                        false,
                        null,
                        null,
                        List.of())),
                null);
        if (step.sql().contains(" OVER ")) {
            throw SqlError.unsupported("a window function in the recursion of WITH RECURSIVE");
        }
        context.commonTables()
                .put(TranslationContext.key(name), new CommonTable(duckName, start.columns(), start.value()));
        return "\"" + duckName + "\" AS (SELECT *, CAST(0 AS BIGINT) AS " + QueryTranslator.column(hidden) + " FROM ("
                + start.sql() + ") UNION ALL " + converted(step, start.columns()) + ")";
    }

    private static Query query(Query.Body body) {
        return new Query(List.of(), false, body, List.of(), null, null);
    }

    /** The number of the next iteration, or BigQuery's error if there are too many. */
    private static Expr next() {
        Expr iteration = new Expr.Path(List.of(ITERATION), 0);
        Expr most = new Expr.Literal("INT64", Long.toString(MOST - 1));
        Expr failure = call(
                "ERROR",
                new Expr.Literal("STRING", "A recursive CTE has reached the maximum number of iterations: " + MOST));
        return call(
                "IF",
                new Expr.Binary(">=", iteration, most),
                failure,
                new Expr.Binary("+", iteration, new Expr.Literal("INT64", "1")));
    }

    private static Expr call(String function, Expr... arguments) {
        return new Expr.Call(function, List.of(arguments), false, "", List.of(), null, false, null, 0);
    }

    private static String converted(QueryTranslator.Result step, List<ResultColumn> columns) {
        if (step.columns().size() != columns.size() + 1) {
            throw new SqlError("Queries in UNION ALL have mismatched column count; query 1 has " + columns.size()
                    + " columns, query 2 has " + (step.columns().size() - 1) + " columns");
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            TypedSql value = new TypedSql(
                    QueryTranslator.column(i), step.columns().get(i).type());
            items.add(Coercions.required(value, columns.get(i).type(), "a recursion")
                            .sql() + " AS " + QueryTranslator.column(i));
        }
        // The condition prevents DuckDB from removing the unused count.
        String iteration = QueryTranslator.column(columns.size());
        return "(SELECT " + String.join(", ", items) + ", " + iteration + " FROM (" + step.sql() + ") WHERE "
                + iteration + " > 0)";
    }
}
