package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.Statement;
import io.catalogconnect.localbigquery.sql.syntax.StatementParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Translates statements; the entrance of this package. Stateless and safe to share. */
public final class GoogleSql {

    private GoogleSql() {}

    /**
     * Plans one statement.
     *
     * @param sql GoogleSQL
     * @param environment catalog, defaults, parameters
     * @return what to run
     * @throws SqlError when BigQuery would refuse the statement, or when it is outside the subset
     * @throws io.catalogconnect.localbigquery.store.StoreException when a table or dataset is missing
     */
    public static Plan plan(String sql, Environment environment) {
        Statement statement = StatementParser.parse(sql);
        Context context = new Context(environment, sql);
        if (statement instanceof Statement.Select select) {
            return query(select.query(), context);
        }
        if (statement instanceof Statement.Insert
                || statement instanceof Statement.Update
                || statement instanceof Statement.Delete
                || statement instanceof Statement.Truncate
                || statement instanceof Statement.Merge) {
            return new DmlTranslator(context).plan(statement);
        }
        return new DdlTranslator(context).plan(statement);
    }

    static Plan.Select query(Query query, Context context) {
        QueryTranslator.Result result = new QueryTranslator(context).translate(columns(query), null);
        return new Plan.Select(result.sql(), named(result), context.scans());
    }

    /** A result has columns, not values: of {@code SELECT AS STRUCT} the struct's fields. */
    static Query columns(Query query) {
        if (!(query.body() instanceof Query.Select select) || !select.as().equals("STRUCT")) {
            return query;
        }
        Query.Select plain = new Query.Select(
                select.distinct(),
                "",
                select.items(),
                select.from(),
                select.where(),
                select.groupBy(),
                select.groupAll(),
                select.having(),
                select.qualify(),
                select.windows());
        return new Query(query.with(), query.recursive(), plain, query.order(), query.limit(), query.offset());
    }

    private static List<ResultColumn> named(QueryTranslator.Result result) {
        List<ResultColumn> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int anonymous = 0;
        List<ResultColumn> source = result.columns();
        if (result.value() && source.get(0).type().isStruct()) {
            throw SqlError.unsupported("SELECT AS VALUE of a STRUCT outside of a subquery");
        }
        for (ResultColumn column : source) {
            String name = column.name().isEmpty() ? "f" + anonymous++ + "_" : column.name();
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new SqlError(
                        "Duplicate column names in the result are not supported when a destination table is present. Found duplicate(s): "
                                + name);
            }
            columns.add(new ResultColumn(name, column.type()));
        }
        return columns;
    }

    /**
     * A column's default as DuckDB's SQL of the column's type.
     *
     * @param sql GoogleSQL of an expression without columns
     * @param type the column's
     * @param environment the moment and the catalog
     * @return the value
     */
    static Typed constant(String sql, DataType type, Environment environment) {
        Expr expression = StatementParser.parseExpression(sql);
        Context context = new Context(environment, sql);
        Typed value = new QueryTranslator(context).expressions().translate(expression, new Scope(null));
        Typed coerced = Coercions.to(value, type);
        if (coerced == null) {
            throw new SqlError("The default value " + sql + " of type " + value.type()
                    + " cannot be assigned to a column of type " + type);
        }
        return coerced;
    }
}
