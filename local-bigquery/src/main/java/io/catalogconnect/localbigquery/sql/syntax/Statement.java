package io.catalogconnect.localbigquery.sql.syntax;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole statement. */
public sealed interface Statement {

    record Select(Query query) implements Statement {}

    /** An INSERT with values or a query. Without columns it fills all columns in order. */
    record Insert(
            Query.Table table,
            List<String> columns,
            List<List<Expr>> values,
            @Nullable Query query) implements Statement {}

    record Update(Query.Table table, List<Assignment> assignments, Query.@Nullable From from, Expr where)
            implements Statement {}

    record Assignment(List<String> path, Expr value) {}

    record Delete(Query.Table table, Expr where) implements Statement {}

    record Truncate(Query.Table table) implements Statement {}

    record Merge(Query.Table target, Query.From source, Expr on, List<MergeClause> clauses) implements Statement {}

    /**
     * One WHEN of MERGE.
     *
     * @param match MATCHED, NOT MATCHED BY TARGET or NOT MATCHED BY SOURCE
     * @param action UPDATE, DELETE or INSERT
     * @param row whether it is {@code INSERT ROW}
     */
    record MergeClause(
            String match,
            @Nullable Expr condition,
            String action,
            List<Assignment> assignments,
            List<String> columns,
            List<Expr> values,
            boolean row) {}

    record CreateTable(
            Query.Table table,
            boolean temporary,
            Existing existing,
            List<ColumnDefinition> columns,
            List<String> primaryKey,
            @Nullable Expr partitionBy,
            List<String> clusterBy,
            Map<String, Expr> options,
            @Nullable Query query)
            implements Statement {}

    /** {@code defaultSql} is the text of the default expression. */
    record ColumnDefinition(
            String name,
            TypeName type,
            boolean required,
            @Nullable String defaultSql,
            Map<String, Expr> options) {}

    /** {@code querySql} is the text of the query. */
    record CreateView(Query.Table view, Existing existing, Map<String, Expr> options, String querySql)
            implements Statement {}

    record CreateSchema(Query.Table schema, Existing existing, Map<String, Expr> options) implements Statement {}

    /** {@code kind} is TABLE, VIEW or SCHEMA. */
    record Drop(String kind, Query.Table name, boolean ifExists, boolean cascade) implements Statement {}

    record AddColumns(Query.Table table, List<ColumnDefinition> columns, boolean ifNotExists) implements Statement {}

    record DropColumns(Query.Table table, List<DroppedColumn> columns) implements Statement {}

    record DroppedColumn(String name, boolean ifExists) {}

    /** CREATE TABLE LIKE, COPY or CLONE, which is the {@code kind}. */
    record CopyTable(Query.Table table, Existing existing, String kind, Query.Table source, Map<String, Expr> options)
            implements Statement {}

    /** ALTER TABLE ... RENAME TO. */
    record RenameTable(Query.Table table, String name) implements Statement {}

    record RenameColumns(Query.Table table, List<ColumnRename> columns) implements Statement {}

    record ColumnRename(String from, String to) {}

    /** ALTER COLUMN with other changes than of the type. */
    record ChangeColumns(Query.Table table, List<ColumnChange> columns) implements Statement {}

    /**
     * A change of a column.
     *
     * @param nullable whether it is DROP NOT NULL
     * @param changesDefault whether it is SET DEFAULT or DROP DEFAULT
     * @param defaultSql the text of the new default, or null for none
     */
    record ColumnChange(
            String name,
            boolean nullable,
            boolean changesDefault,
            @Nullable String defaultSql,
            Map<String, Expr> options) {}

    /** ALTER COLUMN ... SET DATA TYPE. */
    record SetTypes(Query.Table table, List<ColumnDefinition> columns) implements Statement {}

    /** ADD PRIMARY KEY, or DROP PRIMARY KEY if there are no columns. */
    record SetPrimaryKey(Query.Table table, List<String> columns, boolean tolerant) implements Statement {}

    record SetOptions(Query.Table table, Map<String, Expr> options) implements Statement {}

    /** The behavior of CREATE for an existing name. */
    enum Existing {
        FAIL,
        KEEP,
        REPLACE
    }
}
