package io.catalogconnect.localbigquery.sql.ddl;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.plan.TableRead;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.Statement;
import io.catalogconnect.localbigquery.sql.translation.ColumnValues;
import io.catalogconnect.localbigquery.sql.translation.TableNames;
import io.catalogconnect.localbigquery.sql.translation.TranslationContext;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.ColumnRules;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.List;
import java.util.stream.Collectors;

/** CREATE TABLE LIKE, COPY and CLONE, RENAME, and the changes of columns that convert no values. */
final class TableChanges {

    private final TranslationContext context;
    private final TableNames names;
    private final DdlOptions options;

    TableChanges(TranslationContext context, TableNames names, DdlOptions options) {
        this.context = context;
        this.names = names;
        this.options = options;
    }

    StatementPlan copy(Statement.CopyTable copy) {
        StoredTable source = names.table(copy.source());
        if (source.isView()) {
            throw new SqlError("CREATE TABLE " + copy.kind() + " of the view " + source.ref() + " is not allowed");
        }
        Table like = source.resource();
        Table table = new Table()
                .setTableReference(names.tableRef(copy.table()).toReference())
                .setSchema(like.getSchema())
                .setTimePartitioning(like.getTimePartitioning())
                .setRangePartitioning(like.getRangePartitioning())
                .setClustering(like.getClustering())
                .setRequirePartitionFilter(like.getRequirePartitionFilter())
                .setTableConstraints(like.getTableConstraints())
                .setDescription(like.getDescription())
                .setLabels(like.getLabels());
        return new StatementPlan.CreateTable(
                options.table(table, copy.options()),
                copy.existing(),
                copy.kind().equals("LIKE") ? null : rows(source, copy.kind()),
                options.expiration(copy.options()));
    }

    private StatementPlan.Select rows(StoredTable source, String kind) {
        if (source.partitioning().byIngestionTime()) {
            throw SqlError.unsupported("CREATE TABLE " + kind + " of a table partitioned by ingestion time");
        }
        TableRead read = new TableRead(source, context.newAlias());
        source.columns().forEach(column -> read.use(column.name()));
        // A copy is no query, so it needs no condition on the partitions.
        read.filter("TRUE");
        context.scans().add(read);
        String columns = source.columns().stream()
                .map(column -> Sql.quote(column.name()))
                .collect(Collectors.joining(", "));
        return new StatementPlan.Select(
                "SELECT " + columns + " FROM " + source.sqlName(),
                source.columns().stream().map(ResultColumn::of).toList(),
                context.scans());
    }

    StatementPlan renameTable(Statement.RenameTable rename) {
        StoredTable table = names.table(rename.table());
        if (table.isView()) {
            throw new SqlError("ALTER TABLE RENAME of the view " + table.ref() + " is not allowed");
        }
        return new StatementPlan.RenameTable(
                table.ref(), TableRef.of(table.ref().datasetRef(), rename.name()));
    }

    StatementPlan renameColumns(Statement.RenameColumns rename) {
        StoredTable table = names.table(rename.table());
        List<StatementPlan.Renamed> renamed = rename.columns().stream()
                .map(column -> {
                    Column before = unbound(table, column.from(), "rename");
                    if (table.column(column.to()).isPresent()) {
                        throw new SqlError("Column already exists: " + column.to());
                    }
                    return new StatementPlan.Renamed(before.name(), column.to());
                })
                .toList();
        return new StatementPlan.RenameColumns(table.ref(), renamed);
    }

    /** A column on which neither partitions nor the clustering nor the primary key depend. */
    private static Column unbound(StoredTable table, String name, String change) {
        Column column = table.column(name).orElseThrow(() -> new SqlError("Column not found: " + name));
        boolean clusters = table.resource().getClustering() != null
                && table.resource().getClustering().getFields().stream().anyMatch(name::equalsIgnoreCase);
        boolean partitions =
                table.partitioning().columnName().filter(name::equalsIgnoreCase).isPresent();
        if (clusters || partitions || table.primaryKey().contains(column)) {
            throw new SqlError("Cannot " + change + " the column " + column.name()
                    + ", on which partitioning, clustering or the primary key depends");
        }
        return column;
    }

    StatementPlan changeColumns(Statement.ChangeColumns change) {
        StoredTable stored = names.table(change.table());
        Table table = stored.resource();
        for (Statement.ColumnChange column : change.columns()) {
            TableFieldSchema field = table.getSchema().getFields().stream()
                    .filter(candidate -> candidate.getName().equalsIgnoreCase(column.name()))
                    .findFirst()
                    .orElseThrow(() -> new SqlError("Column not found: " + column.name()));
            if (column.nullable()) {
                field.setMode("REQUIRED".equals(field.getMode()) ? "NULLABLE" : field.getMode());
            } else if (column.changesDefault()) {
                String sql = column.defaultSql();
                if (sql != null) {
                    DataType type = DataType.of(ColumnRules.column(field));
                    ColumnValues.defaultValue(sql, type, context.environment());
                }
                field.setDefaultValueExpression(sql);
            } else {
                options.column(field, column.options());
            }
        }
        return new StatementPlan.AlterTable(table, null);
    }
}
