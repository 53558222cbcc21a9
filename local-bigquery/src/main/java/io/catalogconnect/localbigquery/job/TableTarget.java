package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.WriteSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table or partition that a job writes. Created or emptied according to the job's dispositions. */
final class TableTarget {

    private static final Set<String> DISPOSITIONS =
            Set.of("WRITE_EMPTY", "WRITE_APPEND", "WRITE_TRUNCATE", "WRITE_TRUNCATE_DATA");

    private final WriteSession session;
    private final TableRows.Decorated name;
    private final Instant now;
    private @Nullable Instant partitionTime;
    private long outsideBefore;

    TableTarget(WriteSession session, TableRows.Decorated name, Instant now) {
        this.session = session;
        this.now = now;
        this.name = name;
    }

    /** The time of the job. */
    Instant now() {
        return now;
    }

    /** The start of the partition that is written, if the table is partitioned by ingestion time. */
    @Nullable
    Instant partitionTime() {
        return partitionTime;
    }

    /**
     * Prepares the table for writing.
     *
     * @param shape schema, partitioning and clustering of a table that is created or replaced
     * @param create CREATE_IF_NEEDED or CREATE_NEVER; null means CREATE_IF_NEEDED
     * @param write WRITE_EMPTY, WRITE_APPEND, WRITE_TRUNCATE (replaces rows, and the schema of a whole table) or WRITE_TRUNCATE_DATA
     *     (replaces rows and keeps the table's schema)
     * @param merge merges the schema into that of a table that keeps its own
     */
    StoredTable prepare(Table shape, @Nullable String create, String write, SchemaMerge merge) throws SQLException {
        if (!DISPOSITIONS.contains(write)) {
            throw ServiceError.invalid("Invalid value for writeDisposition: " + write + " is not a valid value");
        }
        merge.check(write, !name.partition().isEmpty());
        StoredTable table = session.catalog().table(name.table()).orElse(null);
        if (table == null) {
            if (!name.table().dataset().equals(DatasetRef.ANONYMOUS)) {
                session.catalog().requireDataset(name.table().datasetRef());
            }
            if ("CREATE_NEVER".equals(create)) {
                throw name.table().notFound();
            }
            Table fresh = shape.clone().setTableReference(name.table().toReference());
            if (fresh.getSchema() == null) {
                throw ServiceError.invalid(
                        "Schema has no fields. Table: " + name.table().table());
            }
            table = session.createTable(fresh);
        } else if (table.isView()) {
            throw ServiceError.invalid(
                    name.table() + " is not allowed for this operation because it is currently a VIEW.");
        } else if (write.equals("WRITE_TRUNCATE") && name.partition().isEmpty()) {
            table = truncate(table, shape);
        } else {
            table = evolve(table, shape, merge);
            clear(table, write);
        }
        if (!name.partition().isEmpty() && table.partitioning().byIngestionTime()) {
            partitionTime = table.partitioning().startOf(name.partition());
        } else if (table.partitioning().byIngestionTime()) {
            partitionTime = table.partitioning().truncate(now);
        }
        try (Statement statement = session.connection().createStatement()) {
            outsideBefore = outside(statement, table);
        }
        return table;
    }

    /** Number of rows in all other partitions. */
    private long outside(Statement statement, StoredTable table) throws SQLException {
        if (name.partition().isEmpty() || table.partitioning().byIngestionTime()) {
            return 0;
        }
        String outside = "NOT (" + table.partitioning().sqlIn(name.partition()) + ")";
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table.sqlName() + " WHERE " + outside)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private StoredTable truncate(StoredTable table, Table shape) throws SQLException {
        Table resource = table.resource();
        if (shape.getSchema() != null) {
            resource.setSchema(shape.getSchema());
        }
        if (shape.getTimePartitioning() != null || shape.getRangePartitioning() != null) {
            resource.setTimePartitioning(shape.getTimePartitioning())
                    .setRangePartitioning(shape.getRangePartitioning());
        }
        if (shape.getClustering() != null) {
            resource.setClustering(shape.getClustering());
        }
        return session.replaceTable(resource);
    }

    private void clear(StoredTable table, String write) throws SQLException {
        String where = name.where(table.partitioning());
        try (Statement statement = session.connection().createStatement()) {
            if (write.startsWith("WRITE_TRUNCATE")) {
                statement.execute("DELETE FROM " + table.sqlName() + where);
            } else if (write.equals("WRITE_EMPTY")) {
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table.sqlName() + where)) {
                    rows.next();
                    if (rows.getLong(1) > 0) {
                        throw ServiceError.duplicate("Already Exists: Table " + name.table());
                    }
                }
            }
        }
    }

    private StoredTable evolve(StoredTable table, Table shape, SchemaMerge merge) throws SQLException {
        TableSchema schema = shape.getSchema();
        if (schema == null || schema.getFields() == null) {
            return table;
        }
        Table resource = table.resource();
        List<TableFieldSchema> existing =
                resource.getSchema() == null ? null : resource.getSchema().getFields();
        List<TableFieldSchema> fields =
                merge.merge(name.table(), existing == null ? List.of() : existing, schema.getFields());
        return fields.equals(existing)
                ? table
                : session.updateTable(resource.setSchema(new TableSchema().setFields(fields)));
    }

    /** Runs the INSERT and checks that every row belongs to the named partition. */
    long insert(String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            long rows = statement.executeLargeUpdate(sql);
            checkPartition(statement, session.catalog().requireTable(name.table()));
            return rows;
        }
    }

    /**
     * Fails if rows were written outside of the named partition. Compares the number of rows in the other partitions with the number before
     * the job.
     */
    void checkPartition(Statement statement, StoredTable table) throws SQLException {
        if (outside(statement, table) != outsideBefore) {
            throw ServiceError.invalid("Some rows belong to different partitions rather than destination partition "
                    + name.table().table() + "$" + name.partition());
        }
    }
}
