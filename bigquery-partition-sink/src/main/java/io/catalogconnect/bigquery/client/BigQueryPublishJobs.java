package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import io.catalogconnect.bigquery.commit.Batch;
import io.catalogconnect.bigquery.replace.JobState;
import io.catalogconnect.bigquery.replace.Publication;
import io.catalogconnect.bigquery.replace.PublishJobs;
import io.catalogconnect.bigquery.replace.ReplaceTables;
import io.catalogconnect.bigquery.replace.UnitKey;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ObjectColumns;
import io.catalogconnect.bigquery.table.PolicyTags;
import io.catalogconnect.bigquery.table.TableMismatchException;
import io.catalogconnect.bigquery.table.TableProvisioner;
import io.catalogconnect.bigquery.table.TableShape;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Publications as query jobs that replace a partition (WRITE_TRUNCATE) or the rows of a table (WRITE_TRUNCATE_DATA). Thread-safe. */
public final class BigQueryPublishJobs implements PublishJobs {

    private final Service service;
    private final BigQuery rest;
    private final Queries queries;
    private final BigQueryTableCatalog catalog;
    private final ReplaceTables tables;
    private final TableProvisioner provisioner;
    private final Function<List<Column>, TableShape> shape;
    private final Batch<UnitKey, UnitKey, Optional<String>> selects;

    /**
     * @param shape layout of a published table with the given columns
     * @param timing when tables are prepared
     */
    BigQueryPublishJobs(
            Service service,
            BigQuery rest,
            Queries queries,
            BigQueryTableCatalog catalog,
            ReplaceTables tables,
            TableProvisioner provisioner,
            Function<List<Column>, TableShape> shape,
            Batch.Timing timing) {
        this.service = service;
        this.rest = rest;
        this.queries = queries;
        this.catalog = catalog;
        this.tables = tables;
        this.provisioner = provisioner;
        this.shape = shape;
        this.selects = new Batch<>(timing, units -> select(units.keySet()));
    }

    @Override
    public CompletableFuture<JobState> look(String jobId) {
        return queries.run("reading job " + jobId, () -> {
            Job job = rest.getJob(id(jobId));
            if (job == null) {
                return new JobState.Unknown();
            }
            JobStatus status = job.getStatus();
            if (!JobStatus.State.DONE.equals(status.getState())) {
                return new JobState.Running();
            }
            BigQueryError error = status.getError();
            return error == null
                    ? new JobState.Succeeded()
                    : new JobState.Failed(
                            ErrorTranslator.jobFailure(String.valueOf(error.getReason()), error.getMessage()),
                            ErrorTranslator.isTransient(String.valueOf(error.getReason())));
        });
    }

    @Override
    public CompletableFuture<Boolean> prepare(UnitKey unit) {
        return selects.add(unit, unit).thenApply(Optional::isPresent);
    }

    @Override
    public CompletableFuture<Void> submit(UnitKey unit, Publication publication) {
        return selects.add(unit, unit)
                .thenCompose(select -> queries.run("submitting job " + publication.jobId(), () -> {
                    insert(unit, publication, select);
                    return true;
                }))
                .thenAccept(done -> {});
    }

    private void insert(UnitKey unit, Publication publication, Optional<String> selected) {
        String select = selected.orElseThrow(() -> new TableMismatchException(
                "Table " + unit.table() + " and its history were deleted. Have the source read the objects again."));
        TableId destination = TableId.of(
                service.project(), service.dataset(), unit.isWhole() ? unit.table() : unit.table() + "$" + unit.unit());
        QueryJobConfiguration.Builder query = QueryJobConfiguration.newBuilder(select)
                .setUseLegacySql(false)
                .setDestinationTable(destination)
                .setCreateDisposition(JobInfo.CreateDisposition.CREATE_NEVER)
                // WRITE_TRUNCATE of a whole table would also replace its schema, and with it descriptions and policy
                // tags.
                .setWriteDisposition(
                        unit.isWhole()
                                ? JobInfo.WriteDisposition.WRITE_TRUNCATE_DATA
                                : JobInfo.WriteDisposition.WRITE_TRUNCATE);
        BigQueryVersionLedger.shown(unit, publication.versions()).forEach(query::addNamedParameter);
        try {
            rest.create(JobInfo.newBuilder(query.build())
                    .setJobId(id(publication.jobId()))
                    .build());
        } catch (BigQueryException e) {
            if (!ErrorTranslator.isConflict(e)) {
                throw e;
            }
        }
    }

    /** The rows that units show. Units of a table need its metadata only once. */
    private CompletableFuture<Map<UnitKey, Optional<String>>> select(Collection<UnitKey> units) {
        return queries.run("preparing " + BigQueryVersionLedger.names(units), () -> {
            Map<String, Optional<String>> byTable = new HashMap<>();
            Map<UnitKey, Optional<String>> selects = new HashMap<>();
            units.forEach(unit -> selects.put(unit, byTable.computeIfAbsent(unit.table(), this::select)));
            return selects;
        });
    }

    /** The rows to show, with the columns that the table and the history share. Creates the table if it is missing. */
    private Optional<String> select(String table) {
        String history = tables.history(table);
        Optional<List<Column>> kept = catalog.columns(history);
        if (kept.isEmpty()) {
            return catalog.columns(table).map(columns -> "SELECT * FROM " + service.sqlName(table) + " WHERE FALSE");
        }
        List<Column> shown = ObjectColumns.shown(kept.get());
        provisioner.ensure(table, shape.apply(PolicyTags.without(shown)));
        List<Column> published = catalog.columns(table).orElse(shown);
        List<Column> tagged = PolicyTags.copied(kept.get(), published);
        if (!tagged.equals(kept.get())) {
            // Access to a column of the published table is restricted in the history too.
            catalog.update(history, tagged);
        }
        List<String> names = published.stream()
                .filter(column -> shown.stream().anyMatch(other -> other.key().equals(column.key())))
                .map(Column::name)
                .toList();
        return Optional.of(VersionSql.rows(service.sqlName(tables.versions()), service.sqlName(history), names));
    }

    private JobId id(String jobId) {
        return JobId.newBuilder()
                .setProject(service.project())
                .setLocation(service.location())
                .setJob(jobId)
                .build();
    }
}
