package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfigurationTableCopy;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics5;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.localbigquery.store.WriteSession;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Runs copy jobs: copies tables or partitions to a table or a partition. */
final class CopyRunner {

    private final Warehouse warehouse;

    CopyRunner(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    JobOutcome run(RunningJob job, JobConfigurationTableCopy copy) throws SQLException {
        if (copy.getOperationType() != null && !copy.getOperationType().equals("COPY")) {
            throw ServiceError.invalid("Unsupported: copy jobs of type " + copy.getOperationType()
                    + " are not supported by local-bigquery");
        }
        List<TableReference> sources =
                copy.getSourceTables() == null ? List.of(copy.getSourceTable()) : copy.getSourceTables();
        return warehouse.inTransaction(session -> {
            long rows = copy(session, copy, sources);
            JobOutcome outcome = JobOutcome.of(new JobStatistics().setCopy(new JobStatistics5().setCopiedRows(rows)));
            JobLog.add(session, job.finished(outcome, warehouse.clock().millis()));
            return outcome;
        });
    }

    private long copy(WriteSession session, JobConfigurationTableCopy copy, List<TableReference> sources)
            throws SQLException {
        TableTarget target = new TableTarget(
                session,
                TableRows.Decorated.of(copy.getDestinationTable()),
                warehouse.clock().instant());
        String disposition = copy.getWriteDisposition() == null ? "WRITE_EMPTY" : copy.getWriteDisposition();
        StoredTable first = session.catalog()
                .requireTable(TableRows.Decorated.of(sources.get(0)).table());
        Table like = first.resource();
        Table shape = new Table()
                .setSchema(like.getSchema())
                .setTimePartitioning(like.getTimePartitioning())
                .setRangePartitioning(like.getRangePartitioning())
                .setClustering(like.getClustering())
                .setDescription(like.getDescription());
        SchemaMerge merge = new SchemaMerge(SchemaMerge.Source.ROWS, List.of(), false);
        StoredTable table = target.prepare(shape, copy.getCreateDisposition(), disposition, merge);
        long rows = 0;
        for (TableReference reference : sources) {
            TableRows.Decorated name = TableRows.Decorated.of(reference);
            StoredTable source = session.catalog().requireTable(name.table());
            if (source.isView()) {
                throw ServiceError.invalid("Cannot copy the view " + source.ref());
            }
            if (!source.columns().stream().allMatch(column -> fits(column, table))) {
                throw ServiceError.invalid("Provided Schema does not match Table " + table.ref() + ".");
            }
            rows += target.insert(insert(source, table, name, target));
        }
        return rows;
    }

    private static boolean fits(Column column, StoredTable table) {
        return table.column(column.name())
                .filter(other -> other.duckType().equals(column.duckType()))
                .isPresent();
    }

    private static String insert(StoredTable source, StoredTable table, TableRows.Decorated name, TableTarget target) {
        String names = source.columns().stream()
                .map(column -> Sql.quote(column.name()))
                .collect(Collectors.joining(", "));
        String arrival = "";
        String arrivalValue = "";
        if (table.partitioning().byIngestionTime()) {
            arrival = ", \"_PARTITIONTIME\"";
            boolean kept =
                    source.partitioning().byIngestionTime() && name.partition().isEmpty();
            arrivalValue = kept ? arrival : ", TIMESTAMPTZ '" + target.partitionTime() + "'";
        }
        return "INSERT INTO " + table.sqlName() + " (" + names + arrival + ") SELECT " + names + arrivalValue + " FROM "
                + source.sqlName() + name.where(source.partitioning());
    }
}
