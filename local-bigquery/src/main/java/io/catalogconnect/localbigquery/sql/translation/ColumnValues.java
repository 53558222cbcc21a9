package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.StatementParser;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.Literals;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.Partitioning;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prepares values for columns: coerces them, adds missing defaults, and checks presence and length as the Write API does. */
public final class ColumnValues {

    private final StatementEnvironment environment;
    private final ExpressionTranslator expressions;

    public ColumnValues(StatementEnvironment environment, ExpressionTranslator expressions) {
        this.environment = environment;
        this.expressions = expressions;
    }

    /** The column list of an INSERT, every column of the table. */
    String names(StoredTable table) {
        List<String> names = new ArrayList<>(
                table.columns().stream().map(c -> Sql.quote(c.name())).toList());
        if (table.partitioning().byIngestionTime()) {
            names.add(Sql.quote(Partitioning.INGESTION_TIME));
        }
        return " (" + String.join(", ", names) + ")";
    }

    /** The values of a row for some columns, each of its column's type. */
    List<TypedSql> translate(List<Column> columns, List<Expr> row, NameScope scope) {
        List<TypedSql> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Column column = columns.get(i);
            values.add(
                    row.get(i) instanceof Expr.Default ? defaultOf(column) : expressions.translate(row.get(i), scope));
        }
        return values;
    }

    /** A whole row in the order of {@link #names}, from values for some of the columns. */
    String row(StoredTable table, List<Column> columns, List<TypedSql> values) {
        Map<Column, TypedSql> given = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            given.put(columns.get(i), values.get(i));
        }
        List<String> row = new ArrayList<>();
        for (Column column : table.columns()) {
            TypedSql value = given.get(column);
            row.add(checked(column, value == null ? defaultOf(column) : value));
        }
        if (table.partitioning().byIngestionTime()) {
            Instant time = table.partitioning().truncate(environment.now());
            row.add("TIMESTAMPTZ '" + time + "'");
        }
        return String.join(", ", row);
    }

    private TypedSql defaultOf(Column column) {
        DataType type = DataType.of(column);
        return column.defaultExpression()
                .map(sql -> defaultValue(sql, type, environment))
                .orElseGet(() -> Literals.nullOf(type));
    }

    /** The value coerced to the type of the column, or an expression that fails with BigQuery's error. */
    String checked(Column column, TypedSql value) {
        return checkedBy(column, value);
    }

    /** The same without an environment. */
    public static String checkedBy(Column column, TypedSql value) {
        DataType type = DataType.of(column);
        TypedSql coerced = Coercions.to(value, type);
        if (coerced == null) {
            throw new SqlError("Value has type " + value.type() + " which cannot be inserted into column "
                    + column.name() + ", which has type " + type);
        }
        String sql = coerced.sql();
        if (column.repeated()) {
            return "coalesce(" + sql + ", CAST([] AS " + type.duckType() + "))";
        }
        if (!type.isArray() && column.maxLength() > 0) {
            String length = type.is(Kind.BYTES) ? "octet_length(" + sql + ")" : "length(" + sql + ")";
            String message =
                    column.typeText() + " has maximum length " + column.maxLength() + " but got a value with length ";
            sql = "CASE WHEN " + length + " > " + column.maxLength() + " THEN error("
                    + Sql.literal("Field " + column.name() + ": " + message) + " || " + length + ") ELSE " + sql
                    + " END";
        }
        boolean decimal = column.type() == FieldType.NUMERIC || column.type() == FieldType.BIGNUMERIC;
        if (decimal && column.precision() > 0) {
            sql = "CAST(" + sql + " AS DECIMAL(" + column.precision() + "," + column.scale() + "))";
        }
        if (column.required()) {
            sql = "CASE WHEN " + sql + " IS NULL THEN error("
                    + Sql.literal("Required field " + column.name() + " cannot be null") + ") ELSE " + sql + " END";
        }
        return sql;
    }

    /**
     * A column's default as DuckDB's SQL of the column's type.
     *
     * @param sql GoogleSQL of an expression without columns
     * @param type type of the column
     * @param environment current time and catalog
     * @return the value
     */
    public static TypedSql defaultValue(String sql, DataType type, StatementEnvironment environment) {
        Expr expression = StatementParser.parseExpression(sql);
        TranslationContext context = new TranslationContext(environment.outsideOfScript(), sql);
        TypedSql value = new QueryTranslator(context).expressions().translate(expression, new NameScope(null));
        TypedSql coerced = Coercions.to(value, type);
        if (coerced == null) {
            throw new SqlError("The default value " + sql + " of type " + value.type()
                    + " cannot be assigned to a column of type " + type);
        }
        return coerced;
    }
}
