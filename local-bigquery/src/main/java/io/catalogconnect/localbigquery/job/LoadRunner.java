package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics3;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.sql.TableInsert;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Runs load jobs: loads all rows of an uploaded CSV, newline-delimited JSON or Parquet file into a table, or none. */
final class LoadRunner {

    private static final String CSV = "CSV";
    private static final String PARQUET = "PARQUET";
    private static final List<String> FORMATS = List.of(CSV, "NEWLINE_DELIMITED_JSON", PARQUET);

    private final Warehouse warehouse;

    LoadRunner(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    JobOutcome run(RunningJob job, JobConfigurationLoad load, @Nullable Path media) throws SQLException {
        if (media == null) {
            throw ServiceError.invalid(
                    "Unsupported: a load job without an uploaded file; local-bigquery does not read sourceUris");
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
        String format = load.getSourceFormat() == null ? CSV : load.getSourceFormat();
        if (!FORMATS.contains(format)) {
            throw ServiceError.invalid(
                    "Unsupported: source format " + format + "; local-bigquery loads " + String.join(", ", FORMATS));
        }
        String disposition = load.getWriteDisposition() == null ? "WRITE_APPEND" : load.getWriteDisposition();
        if (format.equals(PARQUET)) {
            return loadParquet(session, target, load, disposition, media);
        }
        if (load.getSchema() == null && Boolean.TRUE.equals(load.getAutodetect())) {
            load.setSchema(detect(format, load, media));
            if (!disposition.equals("WRITE_TRUNCATE")) {
                session.catalog().table(name.table()).ifPresent(existing -> keepColumns(load, existing));
            }
        }
        StoredTable table = prepare(target, load, load.getSchema(), disposition);
        List<Column> columns = load.getSchema() == null || load.getSchema().getFields() == null
                ? table.columns()
                : load.getSchema().getFields().stream()
                        .map(field -> table.column(field.getName()).orElseThrow())
                        .toList();
        long allowed = load.getMaxBadRecords() == null ? 0 : load.getMaxBadRecords();
        try (SourceRows source = open(media, format, columns, table, load, now)) {
            ValidRows rows = new ValidRows(source, allowed, format.equals(CSV) ? CSV : "JSON");
            ColumnOrder order = new ColumnOrder(format.equals(CSV) ? columns : table.columns(), table.columns(), now);
            long written = session.append(table, () -> order.arrange(rows), target.partitionTime());
            try (Statement statement = session.connection().createStatement()) {
                target.checkPartition(statement, table);
            }
            return outcome(media, written, rows.bad()).withWarnings(rows.errors());
        }
    }

    private static StoredTable prepare(
            TableTarget target, JobConfigurationLoad load, @Nullable TableSchema schema, String disposition)
            throws SQLException {
        Table shape = new Table()
                .setSchema(schema)
                .setTimePartitioning(load.getTimePartitioning())
                .setRangePartitioning(load.getRangePartitioning())
                .setClustering(load.getClustering());
        return target.prepare(shape, load.getCreateDisposition(), disposition, load.getSchemaUpdateOptions());
    }

    private static JobOutcome outcome(Path media, long rows, long malformed) throws IOException {
        return JobOutcome.of(new JobStatistics()
                .setLoad(new JobStatistics3()
                        .setInputFiles(1L)
                        .setInputFileBytes(Files.size(media))
                        .setOutputRows(rows)
                        .setBadRecords(malformed)));
    }

    private static JobOutcome loadParquet(
            WriteSession session, TableTarget target, JobConfigurationLoad load, String disposition, Path media)
            throws SQLException, IOException {
        boolean lists = load.getParquetOptions() != null
                && Boolean.TRUE.equals(load.getParquetOptions().getEnableListInference());
        ParquetFile file = ParquetFile.open(session.connection(), media, lists);
        TableSchema schema = load.getSchema() == null ? file.schema() : load.getSchema();
        StoredTable table = prepare(target, load, schema, disposition);
        String insert = TableInsert.rows(table, file.columns(table), file.rows(table), target.partitionTime());
        try {
            return outcome(media, target.insert(insert), 0);
        } catch (SQLException e) {
            throw ServiceError.invalid("Error while reading data, error message: "
                    + ServiceError.of(e).getMessage());
        }
    }

    private static TableSchema detect(String format, JobConfigurationLoad load, Path media) throws IOException {
        try (BufferedReader reader = reader(media, load)) {
            return format.equals(CSV) ? SchemaDetection.csv(reader, load) : SchemaDetection.json(reader);
        }
    }

    /** A column that the table has keeps its type. */
    private static void keepColumns(JobConfigurationLoad load, StoredTable table) {
        TableSchema schema = table.resource().getSchema();
        if (schema == null || schema.getFields() == null) {
            return;
        }
        Map<String, TableFieldSchema> existing = new HashMap<>();
        schema.getFields().forEach(field -> existing.put(field.getName().toLowerCase(Locale.ROOT), field));
        load.getSchema()
                .getFields()
                .replaceAll(field -> existing.getOrDefault(field.getName().toLowerCase(Locale.ROOT), field));
    }

    private static SourceRows open(
            Path media, String format, List<Column> columns, StoredTable table, JobConfigurationLoad load, Instant now)
            throws IOException {
        BufferedReader reader = reader(media, load);
        return format.equals(CSV)
                ? new CsvRows(reader, columns, load, now)
                : new JsonRows(reader, table.columns(), load, now);
    }

    private static BufferedReader reader(Path media, JobConfigurationLoad load) throws IOException {
        Charset charset =
                "ISO-8859-1".equals(load.getEncoding()) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(unpacked(Files.newInputStream(media)), charset));
        reader.mark(1);
        if (reader.read() != '\ufeff') {
            reader.reset();
        }
        return reader;
    }

    private static InputStream unpacked(InputStream file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(file, 2);
        byte[] magic = in.readNBytes(2);
        in.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(in) : in;
    }
}
