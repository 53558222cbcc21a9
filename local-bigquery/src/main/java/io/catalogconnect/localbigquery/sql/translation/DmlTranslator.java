package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.Statement;
import io.catalogconnect.localbigquery.sql.syntax.Statement.Assignment;
import io.catalogconnect.localbigquery.sql.syntax.Statement.MergeClause;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** INSERT, UPDATE, DELETE, TRUNCATE and MERGE. Values are checked against their columns by {@link ColumnValues}, since DuckDB's tables have no constraints. */
public final class DmlTranslator {

    private static final String SEVERAL = "UPDATE/MERGE must match at most one source row for each target row";

    private final TranslationContext context;
    private final QueryTranslator queries;
    private final ExpressionTranslator expressions;
    private final FromTranslator from;
    private final ColumnValues values;

    public DmlTranslator(TranslationContext context) {
        this.context = context;
        this.queries = new QueryTranslator(context);
        this.expressions = queries.expressions();
        this.from = queries.selects().from();
        this.values = new ColumnValues(context.environment(), expressions);
    }

    public StatementPlan plan(Statement statement) {
        if (statement instanceof Statement.Insert insert) {
            return insert(insert);
        }
        if (statement instanceof Statement.Update update) {
            return update(update);
        }
        if (statement instanceof Statement.Delete delete) {
            Target target = target(delete.table());
            String where = queries.selects().condition(delete.where(), target.scope());
            return dml("DELETE", target.table(), List.of(), "DELETE FROM " + target.sql() + " WHERE " + where);
        }
        if (statement instanceof Statement.Truncate truncate) {
            Target target = target(truncate.table());
            return dml("TRUNCATE_TABLE", target.table(), List.of(), "DELETE FROM " + target.sql());
        }
        return merge((Statement.Merge) statement);
    }

    private StatementPlan dml(String type, StoredTable table, List<StatementPlan.Check> checks, String sql) {
        return new StatementPlan.Dml(type, table, checks, sql, context.scans());
    }

    /** The table that a statement changes, as FROM item and as name scope. */
    private record Target(StoredTable table, String sql, NameScope scope) {}

    private Target target(Query.Table name) {
        StoredTable table = writable(name);
        NameScope scope = new NameScope(null);
        String sql = from.base(table, name.alias().isEmpty() ? table.ref().table() : name.alias(), scope);
        return new Target(table, sql, scope);
    }

    private StoredTable writable(Query.Table name) {
        StoredTable table = from.names().table(name);
        if (table.isView()) {
            throw new SqlError("DML cannot be used on the view " + table.ref());
        }
        return table;
    }

    private StatementPlan insert(Statement.Insert insert) {
        StoredTable table = writable(insert.table());
        List<Column> columns = columns(table, insert.columns());
        Query source = insert.query();
        String rows;
        if (source == null) {
            List<String> tuples = new ArrayList<>();
            for (List<Expr> row : insert.values()) {
                if (row.size() != columns.size()) {
                    throw new SqlError(
                            "Inserted row has wrong column count; Has " + row.size() + ", expected " + columns.size());
                }
                tuples.add(values.row(table, columns, values.translate(columns, row, new NameScope(null))));
            }
            rows = tuples.stream().collect(Collectors.joining("), (", "VALUES (", ")"));
        } else {
            QueryTranslator.Result result = queries.translate(source, null);
            if (result.columns().size() != columns.size()) {
                throw new SqlError("Inserted row has wrong column count; Has "
                        + result.columns().size() + ", expected " + columns.size());
            }
            List<TypedSql> items = QueryTranslator.named(result.columns(), "\"_s\"").stream()
                    .map(NameScope.Named::value)
                    .toList();
            rows = "SELECT " + values.row(table, columns, items) + " FROM (" + result.sql() + ") AS \"_s\"";
        }
        return dml("INSERT", table, List.of(), "INSERT INTO " + table.sqlName() + values.names(table) + " " + rows);
    }

    private static List<Column> columns(StoredTable table, List<String> names) {
        if (names.isEmpty()) {
            return table.columns();
        }
        List<Column> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new SqlError("INSERT has columns with duplicate name: " + name);
            }
            columns.add(column(table, name));
        }
        return columns;
    }

    private static Column column(StoredTable table, String name) {
        return table.column(name)
                .orElseThrow(() -> new SqlError("Column " + name + " is not present in table " + table.ref()));
    }

    private String assignments(StoredTable table, List<Assignment> assignments, NameScope scope) {
        List<String> sql = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Assignment assignment : assignments) {
            List<String> path = assignment.path();
            boolean qualified = path.size() == 2 && scope.hasRange(path.get(0));
            if (path.size() > 1 && !qualified) {
                throw SqlError.unsupported("SET of a field, " + String.join(".", path) + ",");
            }
            Column column = column(table, path.get(path.size() - 1));
            if (!seen.add(column.name())) {
                throw new SqlError("Update item " + column.name() + " assigned more than once");
            }
            TypedSql value = values.translate(List.of(column), List.of(assignment.value()), scope)
                    .get(0);
            sql.add(Sql.quote(column.name()) + " = " + values.checked(column, value));
        }
        return String.join(", ", sql);
    }

    private StatementPlan update(Statement.Update update) {
        Target target = target(update.table());
        Query.From source = update.from();
        String fromSql = source == null ? "" : " FROM " + from.translate(source, target.scope());
        String set = assignments(target.table(), update.assignments(), target.scope());
        String where = queries.selects().condition(update.where(), target.scope());
        List<StatementPlan.Check> checks = List.of();
        if (source != null) {
            String pairs = target.sql() + ", " + fromSql.substring(" FROM ".length()) + " WHERE " + where;
            checks = List.of(single(target, pairs));
        }
        return dml(
                "UPDATE",
                target.table(),
                checks,
                "UPDATE " + target.sql() + " SET " + set + fromSql + " WHERE " + where);
    }

    private static StatementPlan.Check single(Target target, String pairs) {
        String rowid = target.sql().substring(target.sql().lastIndexOf(" AS ") + 4) + ".rowid";
        return new StatementPlan.Check("SELECT count(*) <> count(DISTINCT " + rowid + ") FROM " + pairs, SEVERAL);
    }

    private StatementPlan merge(Statement.Merge merge) {
        Target target = target(merge.target());
        NameScope both = target.scope();
        String sourceSql = from.translate(merge.source(), both);
        String on = expressions.condition(merge.on(), both, "MERGE ON").sql();
        NameScope sourceOnly = new NameScope(null);
        both.sources().stream().skip(1).forEach(sourceOnly::add);
        NameScope targetOnly = new NameScope(null);
        targetOnly.add(both.sources().get(0));
        StringBuilder sql = new StringBuilder("MERGE INTO " + target.sql() + " USING " + sourceSql + " ON " + on);
        List<String> matched = new ArrayList<>();
        for (MergeClause clause : merge.clauses()) {
            NameScope scope = clause.match().equals("MATCHED")
                    ? both
                    : clause.match().endsWith("SOURCE") ? targetOnly : sourceOnly;
            Expr condition = clause.condition();
            String and = condition == null
                    ? ""
                    : expressions.condition(condition, scope, "MERGE WHEN").sql();
            if (clause.match().equals("MATCHED")) {
                matched.add(and.isEmpty() ? "TRUE" : and);
            }
            sql.append(" WHEN ")
                    .append(clause.match())
                    .append(and.isEmpty() ? "" : " AND " + and)
                    .append(" THEN ");
            sql.append(action(clause, target, scope));
        }
        List<StatementPlan.Check> checks = matched.isEmpty()
                ? List.of()
                : List.of(single(
                        target,
                        target.sql() + " JOIN " + sourceSql + " ON " + on + " WHERE " + String.join(" OR ", matched)));
        return dml(
                "MERGE",
                target.table(),
                checks,
                sql.append(" RETURNING merge_action").toString());
    }

    private String action(MergeClause clause, Target target, NameScope scope) {
        switch (clause.action()) {
            case "DELETE" -> {
                return "DELETE";
            }
            case "UPDATE" -> {
                return "UPDATE SET " + assignments(target.table(), clause.assignments(), scope);
            }
            default -> {
                List<Column> columns = columns(target.table(), clause.columns());
                List<TypedSql> row =
                        clause.row() ? sourceRow(columns, scope) : insertRow(columns, clause.values(), scope);
                return "INSERT " + values.names(target.table()) + " VALUES (" + values.row(target.table(), columns, row)
                        + ")";
            }
        }
    }

    private List<TypedSql> insertRow(List<Column> columns, List<Expr> row, NameScope scope) {
        if (row.size() != columns.size()) {
            throw new SqlError(
                    "Inserted row has wrong column count; Has " + row.size() + ", expected " + columns.size());
        }
        return values.translate(columns, row, scope);
    }

    private static List<TypedSql> sourceRow(List<Column> columns, NameScope scope) {
        return columns.stream()
                .map(column -> scope.resolve(column.name(), true)
                        .orElseThrow(() -> new SqlError("Unrecognized name: " + column.name())))
                .toList();
    }
}
