package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.plan.TableRead;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.translation.NameScope.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * QUALIFY of a SELECT that only returns columns of inner-joined tables. The condition is evaluated for the row identifiers of DuckDB, because
 * DuckDB keeps all columns of the result in memory while it evaluates a window function. The other columns are read for the chosen rows only.
 */
final class QualifiedRows {

    /** Functions that return another value each time. A condition with one of them is evaluated once only. */
    private static final List<String> VOLATILE = List.of("random()", "uuid()");

    private QualifiedRows() {}

    /**
     * DuckDB's SQL after the select list.
     *
     * @param from FROM clause
     * @param where WHERE clause, or empty
     * @param qualify condition of QUALIFY
     * @param name unused name of a table
     * @return empty if the SELECT has another form
     */
    static Optional<String> sql(
            Query.Select select, NameScope scope, String from, String where, String qualify, String name) {
        if (!returnsColumns(select)
                || !joinsTables(select.from())
                || VOLATILE.stream().anyMatch((from + where)::contains)) {
            return Optional.empty();
        }
        List<String> identifiers = new ArrayList<>();
        List<String> matches = new ArrayList<>();
        for (Source source : scope.sources()) {
            TableRead scan = source.scan();
            if (scan == null || scan.table().column("rowid").isPresent()) {
                return Optional.empty();
            }
            String rowid = "\"" + scan.alias() + "\".rowid";
            String column = "_r" + identifiers.size();
            matches.add(rowid + " = \"" + name + "\"." + column);
            identifiers.add(rowid + " AS " + column);
        }
        String chosen = "SELECT " + String.join(", ", identifiers) + from + where + " QUALIFY " + qualify;
        return Optional.of(
                from + " JOIN (" + chosen + ") AS \"" + name + "\" ON " + String.join(" AND ", matches) + where);
    }

    /** Whether the select list has no function, which might depend on rows that QUALIFY drops. */
    private static boolean returnsColumns(Query.Select select) {
        boolean isGrouped =
                select.distinct() || select.groupAll() || !select.groupBy().isEmpty() || select.having() != null;
        return !isGrouped
                && select.items().stream()
                        .allMatch(item -> item instanceof Query.Column column
                                ? column.value() instanceof Expr.Path
                                : ((Query.AllColumns) item).replace().isEmpty());
    }

    private static boolean joinsTables(Query.@Nullable From from) {
        if (from instanceof Query.Join join) {
            return (join.kind().equals("INNER") || join.kind().equals("CROSS"))
                    && joinsTables(join.left())
                    && joinsTables(join.right());
        }
        return from instanceof Query.Table;
    }
}
