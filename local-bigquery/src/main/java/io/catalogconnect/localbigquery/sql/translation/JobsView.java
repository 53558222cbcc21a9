package io.catalogconnect.localbigquery.sql.translation;

import com.google.api.services.bigquery.model.DmlStatistics;
import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.TableReference;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Member;
import io.catalogconnect.localbigquery.sql.types.Literals;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The views JOBS, JOBS_BY_PROJECT and JOBS_BY_USER: the jobs that a server has run since it started, with the columns that clients use. */
final class JobsView {

    static final Set<String> NAMES = Set.of("JOBS", "JOBS_BY_PROJECT", "JOBS_BY_USER");

    private static final DataType TABLE = struct("project_id", "dataset_id", "table_id");
    private static final DataType ERROR = struct("reason", "location", "debug_info", "message");
    private static final DataType LABEL = struct("key", "value");
    private static final DataType DML = DataType.struct(List.of(
            new Member("inserted_row_count", DataType.INT64),
            new Member("deleted_row_count", DataType.INT64),
            new Member("updated_row_count", DataType.INT64)));

    static final List<ResultColumn> COLUMNS = List.of(
            new ResultColumn("creation_time", DataType.TIMESTAMP),
            new ResultColumn("project_id", DataType.STRING),
            new ResultColumn("user_email", DataType.STRING),
            new ResultColumn("job_id", DataType.STRING),
            new ResultColumn("job_type", DataType.STRING),
            new ResultColumn("statement_type", DataType.STRING),
            new ResultColumn("priority", DataType.STRING),
            new ResultColumn("start_time", DataType.TIMESTAMP),
            new ResultColumn("end_time", DataType.TIMESTAMP),
            new ResultColumn("query", DataType.STRING),
            new ResultColumn("state", DataType.STRING),
            new ResultColumn("total_bytes_processed", DataType.INT64),
            new ResultColumn("total_bytes_billed", DataType.INT64),
            new ResultColumn("total_slot_ms", DataType.INT64),
            new ResultColumn("cache_hit", DataType.BOOL),
            new ResultColumn("error_result", ERROR),
            new ResultColumn("destination_table", TABLE),
            new ResultColumn("referenced_tables", DataType.array(TABLE)),
            new ResultColumn("labels", DataType.array(LABEL)),
            new ResultColumn("dml_statistics", DML),
            new ResultColumn("parent_job_id", DataType.STRING));

    private JobsView() {}

    private static DataType struct(String... names) {
        List<Member> members = new ArrayList<>();
        for (String name : names) {
            members.add(new Member(name, DataType.STRING));
        }
        return DataType.struct(members);
    }

    /** One row for each job: DuckDB's SQL of the values of {@link #COLUMNS}. */
    static List<List<String>> rows(List<Job> jobs) {
        return jobs.stream().map(JobsView::row).toList();
    }

    private static List<String> row(Job job) {
        JobStatistics2 query = job.getStatistics().getQuery();
        JobConfigurationQuery configuration = job.getConfiguration().getQuery();
        TableReference destination = configuration == null ? null : configuration.getDestinationTable();
        return List.of(
                time(job.getStatistics().getCreationTime()),
                text(job.getJobReference().getProjectId()),
                text(job.getUserEmail()),
                text(job.getJobReference().getJobId()),
                text(job.getConfiguration().getJobType()),
                text(query == null ? null : query.getStatementType()),
                text(
                        configuration == null
                                ? null
                                : configuration.getPriority() == null ? "INTERACTIVE" : configuration.getPriority()),
                time(job.getStatistics().getStartTime()),
                time(job.getStatistics().getEndTime()),
                text(configuration == null ? null : configuration.getQuery()),
                text(job.getStatus().getState()),
                number(job.getStatistics().getTotalBytesProcessed()),
                number(query == null ? null : query.getTotalBytesBilled()),
                "0",
                query == null || query.getCacheHit() == null
                        ? "NULL"
                        : query.getCacheHit().toString(),
                error(job.getStatus().getErrorResult()),
                destination == null ? Literals.nullOf(TABLE).sql() : table(destination),
                tables(query == null ? null : query.getReferencedTables()),
                labels(job.getConfiguration().getLabels()),
                changes(query == null ? null : query.getDmlStats()),
                text(job.getStatistics().getParentJobId()));
    }

    private static String pack(DataType type, String... values) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            fields.add(Sql.quote(type.duckField(i)) + " := " + values[i]);
        }
        return "CAST(struct_pack(" + String.join(", ", fields) + ") AS " + type.duckType() + ")";
    }

    private static String list(DataType element, List<String> values) {
        return "CAST([" + String.join(", ", values) + "] AS "
                + DataType.array(element).duckType() + ")";
    }

    private static String error(@Nullable ErrorProto error) {
        return error == null
                ? Literals.nullOf(ERROR).sql()
                : pack(
                        ERROR,
                        text(error.getReason()),
                        text(error.getLocation()),
                        text(error.getDebugInfo()),
                        text(error.getMessage()));
    }

    private static String table(TableReference table) {
        return pack(TABLE, text(table.getProjectId()), text(table.getDatasetId()), text(table.getTableId()));
    }

    private static String tables(@Nullable List<TableReference> tables) {
        return list(
                TABLE,
                tables == null
                        ? List.of()
                        : tables.stream().map(JobsView::table).toList());
    }

    private static String labels(@Nullable Map<String, String> labels) {
        return list(
                LABEL,
                labels == null
                        ? List.of()
                        : labels.entrySet().stream()
                                .map(label -> pack(LABEL, text(label.getKey()), text(label.getValue())))
                                .toList());
    }

    private static String changes(@Nullable DmlStatistics changes) {
        return changes == null
                ? Literals.nullOf(DML).sql()
                : pack(
                        DML,
                        number(changes.getInsertedRowCount()),
                        number(changes.getDeletedRowCount()),
                        number(changes.getUpdatedRowCount()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "NULL" : Sql.literal(value);
    }

    private static String number(@Nullable Long value) {
        return value == null ? "NULL" : value.toString();
    }

    private static String time(@Nullable Long millis) {
        return millis == null ? "NULL" : "TIMESTAMPTZ '" + Instant.ofEpochMilli(millis) + "'";
    }
}
