package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.functions.Operators;
import io.catalogconnect.localbigquery.sql.plan.TableRead;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.Statement;
import io.catalogconnect.localbigquery.sql.syntax.StatementParser;
import io.catalogconnect.localbigquery.sql.translation.NameScope.Named;
import io.catalogconnect.localbigquery.sql.translation.NameScope.Source;
import io.catalogconnect.localbigquery.sql.translation.TranslationContext.CommonTable;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates FROM: tables, views, INFORMATION_SCHEMA, subqueries, UNNEST and joins. Adds the sources to the name scope. */
final class FromTranslator {

    private final TranslationContext context;
    private final ExpressionTranslator expressions;
    private final QueryTranslator queries;
    private final TableNames names;

    FromTranslator(TranslationContext context, ExpressionTranslator expressions, QueryTranslator queries) {
        this.context = context;
        this.expressions = expressions;
        this.queries = queries;
        this.names = new TableNames(context);
    }

    TableNames names() {
        return names;
    }

    String translate(Query.From from, NameScope scope) {
        if (from instanceof Query.Join join) {
            return join(join, scope);
        }
        if (from instanceof Query.Unnest unnest) {
            return unnest(unnest, scope);
        }
        if (from instanceof Query.Derived derived) {
            return derived(queries.translate(derived.query(), scope.outer()), derived.alias(), scope);
        }
        return table((Query.Table) from, scope);
    }

    private String derived(QueryTranslator.Result result, String alias, NameScope scope) {
        String name = "\"" + context.freshName("q") + "\"";
        scope.add(source(alias, new CommonTable("", result.columns(), result.value()), name));
        return "(" + result.sql() + ") AS " + name;
    }

    private static Source source(String alias, CommonTable table, String name) {
        List<Named> columns = QueryTranslator.named(table.columns(), name);
        List<Named> hidden = table.iteration() < 0
                ? List.of()
                : List.of(new Named(
                        RecursiveTable.ITERATION,
                        new TypedSql(name + "." + QueryTranslator.column(table.iteration()), DataType.INT64)));
        if (!table.value()) {
            return new Source(alias, columns, null, hidden, null);
        }
        TypedSql value = columns.get(0).value();
        return new Source(alias, fields(value), value, hidden, null);
    }

    /** The fields of a value-table row as columns. */
    private static List<Named> fields(TypedSql value) {
        List<Named> fields = new ArrayList<>();
        if (value.type().isStruct()) {
            for (int i = 0; i < value.type().members().size(); i++) {
                fields.add(new Named(value.type().members().get(i).name(), Coercions.field(value, i)));
            }
        }
        return fields;
    }

    private String table(Query.Table table, NameScope scope) {
        List<String> path = table.path();
        CommonTable common = path.size() == 1 ? context.commonTables().get(TranslationContext.key(path.get(0))) : null;
        if (common != null) {
            String name = "\"" + context.freshName("c") + "\"";
            String alias = table.alias().isEmpty() ? path.get(0) : table.alias();
            scope.add(source(alias, common, name));
            return "\"" + common.duckName() + "\" AS " + name;
        }
        if (path.size() > 1 && scope.hasRange(path.get(0))) {
            return unnest(new Query.Unnest(new Expr.Path(path, table.at()), table.alias(), ""), scope);
        }
        Optional<InformationSchema.View> information = InformationSchema.find(path, context);
        if (information.isPresent()) {
            String name = "\"" + context.freshName("i") + "\"";
            InformationSchema.View view = information.get();
            scope.add(new Source(
                    table.alias().isEmpty() ? path.get(path.size() - 1) : table.alias(),
                    QueryTranslator.named(view.columns(), name)));
            return "(" + view.sql() + ") AS " + name;
        }
        Optional<JobCatalog.Result> result = names.result(table);
        if (result.isPresent()) {
            List<ResultColumn> columns = ResultConstants.columns(result.get());
            String name = "\"" + context.freshName("r") + "\"";
            scope.add(new Source(
                    table.alias().isEmpty() ? path.get(path.size() - 1) : table.alias(),
                    QueryTranslator.named(columns, name)));
            return "(" + InformationSchema.values(ResultConstants.rows(result.get(), columns), columns) + ") AS "
                    + name;
        }
        StoredTable stored = names.table(table);
        String alias = table.alias().isEmpty() ? stored.ref().table() : table.alias();
        return stored.isView() ? view(stored, alias, scope) : base(stored, alias, scope);
    }

    private String view(StoredTable stored, String alias, NameScope scope) {
        String text = stored.resource().getView().getQuery();
        TableRef ref = stored.ref();
        TranslationContext inner = context.forView(ref.project(), text);
        try {
            if (!(StatementParser.parse(text) instanceof Statement.Select select)) {
                throw new SqlError("it is not a query");
            }
            return derived(new QueryTranslator(inner).translate(select.query(), null), alias, scope);
        } catch (SqlError e) {
            throw new SqlError("View " + ref + " cannot be read: " + e.getMessage());
        }
    }

    /** A table with a generated name in DuckDB. */
    String base(StoredTable stored, String alias, NameScope scope) {
        String name = context.freshName("t");
        TableRead scan = new TableRead(stored, name);
        context.scans().add(scan);
        List<Named> columns = stored.columns().stream()
                .map(column -> new Named(
                        column.name(),
                        new TypedSql("\"" + name + "\"." + Sql.quote(column.name()), DataType.of(column))))
                .toList();
        List<Named> hidden = new ArrayList<>();
        if (stored.partitioning().byIngestionTime()) {
            String time = "\"" + name + "\".\"_PARTITIONTIME\"";
            hidden.add(new Named("_PARTITIONTIME", new TypedSql(time, DataType.TIMESTAMP)));
            hidden.add(new Named(
                    "_PARTITIONDATE", new TypedSql("CAST(timezone('UTC', " + time + ") AS DATE)", DataType.DATE)));
        }
        scope.add(new Source(alias, columns, null, hidden, scan));
        return stored.sqlName() + " AS \"" + name + "\"";
    }

    private String unnest(Query.Unnest unnest, NameScope scope) {
        TypedSql array = expressions.translate(unnest.array(), scope);
        if (!array.type().isArray()) {
            throw new SqlError(
                    "Values referenced in UNNEST must be arrays. UNNEST contains expression of type " + array.type());
        }
        String name = "\"" + context.freshName("u") + "\"";
        DataType element = array.type().element();
        TypedSql value = new TypedSql(name + ".\"_v\"", element);
        String alias = unnest.alias();
        if (alias.isEmpty() && unnest.array() instanceof Expr.Path path) {
            alias = path.names().get(path.names().size() - 1);
        }
        scope.add(new Source(alias, fields(value), value, List.of(), null));
        if (!unnest.offset().isEmpty()) {
            TypedSql offset = new TypedSql("(" + name + ".\"_o\" - 1)", DataType.INT64);
            scope.add(new Source(unnest.offset(), List.of(), offset, List.of(), null));
        }
        return "(SELECT unnest(" + array.sql() + ") AS \"_v\", generate_subscripts(" + array.sql()
                + ", 1) AS \"_o\") AS " + name;
    }

    private String join(Query.Join join, NameScope scope) {
        String left = translate(join.left(), scope);
        int before = scope.sources().size();
        String right = translate(join.right(), scope);
        boolean array = join.right() instanceof Query.Unnest || right.startsWith("(SELECT unnest(");
        String lateral = array ? "LATERAL " : "";
        if (!join.using().isEmpty()) {
            return left + " " + join.kind() + " JOIN " + right + " ON " + using(join, scope, before);
        }
        Expr on = join.on();
        if (on == null) {
            if (join.kind().equals("CROSS") || (array && join.kind().equals("INNER"))) {
                return left + " CROSS JOIN " + lateral + right;
            }
            if (array && join.kind().equals("LEFT")) {
                return left + " LEFT JOIN LATERAL " + right + " ON TRUE";
            }
            throw new SqlError("Syntax error: " + join.kind() + " JOIN needs ON or USING");
        }
        if (array && !join.kind().equals("INNER") && !join.kind().equals("LEFT")) {
            throw SqlError.unsupported(join.kind() + " JOIN with UNNEST");
        }
        return left + " " + join.kind() + " JOIN " + lateral + right + " ON "
                + expressions.condition(on, scope, "JOIN ON clause").sql();
    }

    private String using(Query.Join join, NameScope scope, int before) {
        List<String> conditions = new ArrayList<>();
        for (String column : join.using()) {
            TypedSql left = side(scope.sources().subList(0, before), column, scope);
            TypedSql right =
                    side(scope.sources().subList(before, scope.sources().size()), column, null);
            conditions.add(Operators.binary("=", left, right).sql());
            boolean fromRight = join.kind().equals("RIGHT");
            DataType type = Operators.supertype("JOIN USING", List.of(left, right));
            TypedSql merged = fromRight ? right : left;
            if (join.kind().equals("FULL")) {
                merged = new TypedSql(
                        "coalesce("
                                + Coercions.required(left, type, "USING").sql() + ", "
                                + Coercions.required(right, type, "USING").sql() + ")",
                        type);
            }
            scope.merge(column, merged);
        }
        return String.join(" AND ", conditions);
    }

    private static TypedSql side(
            List<Source> sources, String column, @org.jspecify.annotations.Nullable NameScope scope) {
        TypedSql merged = scope == null ? null : scope.merged().get(TranslationContext.key(column));
        if (merged != null) {
            return merged;
        }
        List<TypedSql> found = new ArrayList<>();
        for (Source source : sources) {
            source.column(column).ifPresent(named -> found.add(named.value()));
            if (source.scan() != null && source.column(column).isPresent()) {
                source.scan().use(column);
            }
        }
        if (found.size() != 1) {
            throw new SqlError(
                    "Column " + column + " in USING clause " + (found.isEmpty() ? "not found" : "is ambiguous"));
        }
        Kind kind = found.get(0).type().kind();
        if (kind == Kind.FLOAT64) {
            throw SqlError.unsupported("JOIN USING a FLOAT64 column");
        }
        return found.get(0);
    }
}
