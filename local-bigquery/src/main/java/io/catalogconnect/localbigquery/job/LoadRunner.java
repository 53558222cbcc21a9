package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics3;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.localbigquery.store.WriteSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Runs load jobs: loads all rows of an uploaded CSV or newline-delimited JSON file into a table, or none. */
final class LoadRunner {

    private final Warehouse warehouse;

    LoadRunner(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    JobOutcome run(RunningJob job, JobConfigurationLoad load, @Nullable Path media) throws SQLException {
        if (media == null) {
            throw ServiceError.invalid(
                    "Unsupported: a load job without an uploaded file; local-bigquery does not read sourceUris");
        }
        if (Boolean.TRUE.equals(load.getAutodetect())) {
            throw ServiceError.invalid(
                    "Unsupported: local-bigquery has no autodetect; give the job or the table a schema");
        }
        TableReference destination = load.getDestinationTable();
        if (destination == null) {
            throw ServiceError.invalid("Required parameter is missing: destinationTable");
        }
        if (destination.getProjectId() == null) {
            destination.setProjectId(job.key().project());
        }
        return warehouse.inTransaction(session -> {
            try {
                JobOutcome outcome = load(session, load, TableRows.Decorated.of(destination), media);
                JobLog.add(session, job.finished(outcome, warehouse.clock().millis()));
                return outcome;
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the uploaded file", e);
            }
        });
    }

    private JobOutcome load(WriteSession session, JobConfigurationLoad load, TableRows.Decorated name, Path media)
            throws SQLException, IOException {
        Instant now = warehouse.clock().instant();
        TableTarget target = new TableTarget(session, name, now);
        Table shape = new Table()
                .setSchema(load.getSchema())
                .setTimePartitioning(load.getTimePartitioning())
                .setRangePartitioning(load.getRangePartitioning())
                .setClustering(load.getClustering());
        String disposition = load.getWriteDisposition() == null ? "WRITE_APPEND" : load.getWriteDisposition();
        StoredTable table =
                target.prepare(shape, load.getCreateDisposition(), disposition, load.getSchemaUpdateOptions());
        List<Column> columns = load.getSchema() == null || load.getSchema().getFields() == null
                ? table.columns()
                : load.getSchema().getFields().stream()
                        .map(field -> table.column(field.getName()).orElseThrow())
                        .toList();
        String format = load.getSourceFormat() == null ? "CSV" : load.getSourceFormat();
        long allowed = load.getMaxBadRecords() == null ? 0 : load.getMaxBadRecords();
        try (SourceRows source = open(media, format, columns, table, load, now)) {
            ValidRows rows = new ValidRows(source, allowed, format.equals("CSV") ? "CSV" : "JSON");
            ColumnOrder order = new ColumnOrder(format.equals("CSV") ? columns : table.columns(), table.columns(), now);
            long written = session.append(table, () -> order.arrange(rows), target.partitionTime());
            try (Statement statement = session.connection().createStatement()) {
                target.checkPartition(statement, table);
            }
            return JobOutcome.of(new JobStatistics()
                    .setLoad(new JobStatistics3()
                            .setInputFiles(1L)
                            .setInputFileBytes(Files.size(media))
                            .setOutputRows(written)
                            .setBadRecords(rows.bad())));
        }
    }

    private static SourceRows open(
            Path media, String format, List<Column> columns, StoredTable table, JobConfigurationLoad load, Instant now)
            throws IOException {
        Charset charset =
                "ISO-8859-1".equals(load.getEncoding()) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(unpacked(Files.newInputStream(media)), charset));
        reader.mark(1);
        if (reader.read() != '\ufeff') {
            reader.reset();
        }
        return switch (format) {
            case "CSV" -> new CsvRows(reader, columns, load, now);
            case "NEWLINE_DELIMITED_JSON" -> new JsonRows(reader, table.columns(), load, now);
            default ->
                throw ServiceError.invalid("Unsupported: source format " + format
                        + "; local-bigquery loads CSV and NEWLINE_DELIMITED_JSON");
        };
    }

    private static InputStream unpacked(InputStream file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(file, 2);
        byte[] magic = in.readNBytes(2);
        in.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(in) : in;
    }
}
