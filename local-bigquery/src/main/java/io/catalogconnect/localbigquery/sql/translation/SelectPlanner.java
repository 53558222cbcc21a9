package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Plans a query whose rows are the result of a job: names its columns and collects the tables it reads. */
public final class SelectPlanner {

    private SelectPlanner() {}

    /**
     * Plans a query.
     *
     * @throws SqlError if BigQuery refuses the query or it is outside the subset
     */
    public static StatementPlan.Select plan(Query query, TranslationContext context) {
        QueryTranslator.Result result = new QueryTranslator(context).translate(columns(query), null);
        return new StatementPlan.Select(result.sql(), named(result), context.scans());
    }

    /** The columns of a result. For {@code SELECT AS STRUCT} they are the fields of the struct. */
    public static Query columns(Query query) {
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
}
