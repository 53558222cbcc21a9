package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics3;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.avro.AvroException;
import io.catalogconnect.localbigquery.avro.AvroFile;
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
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Runs load jobs: loads all rows of an uploaded CSV, newline-delimited JSON, Avro or Parquet file into a table, or none. */
final class LoadRunner {

    private static final String CSV = "CSV";
    private static final String AVRO = "AVRO";
    private static final String PARQUET = "PARQUET";
    private static final List<String> FORMATS = List.of(CSV, "NEWLINE_DELIMITED_JSON", AVRO, PARQUET);

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
        if (format.equals(AVRO)) {
            return loadAvro(session, target, load, disposition, media);
        }
        boolean detected = load.getSchema() == null && Boolean.TRUE.equals(load.getAutodetect());
        if (detected) {
            load.setSchema(detect(format, load, media));
        }
        StoredTable table = prepare(
                target,
                load,
                load.getSchema(),
                disposition,
                detected ? SchemaMerge.Source.ROWS : SchemaMerge.Source.JOB);
        List<Column> columns = format.equals(CSV) ? columns(table, load.getSchema()) : table.columns();
        long allowed = load.getMaxBadRecords() == null ? 0 : load.getMaxBadRecords();
        try (SourceRows source = open(media, format, columns, table, load, now)) {
            ValidRows rows = new ValidRows(source, allowed, format.equals(CSV) ? CSV : "JSON");
            ColumnOrder order = new ColumnOrder(columns, table.columns(), now);
            long written = append(session, target, table, order.arrange(rows));
            return outcome(media, written, rows.bad()).withWarnings(rows.errors());
        }
    }

    /** The columns of a CSV file, in the order of the schema of the job. */
    private static List<Column> columns(StoredTable table, @Nullable TableSchema schema) {
        return schema == null || schema.getFields() == null
                ? table.columns()
                : schema.getFields().stream()
                        .map(field -> table.column(field.getName()).orElseThrow())
                        .toList();
    }

    private static long append(
            WriteSession session, TableTarget target, StoredTable table, Iterator<@Nullable Object[]> rows)
            throws SQLException {
        long written = session.append(table, () -> rows, target.partitionTime());
        try (Statement statement = session.connection().createStatement()) {
            target.checkPartition(statement, table);
        }
        return written;
    }

    private static StoredTable prepare(
            TableTarget target,
            JobConfigurationLoad load,
            @Nullable TableSchema schema,
            String disposition,
            SchemaMerge.Source source)
            throws SQLException {
        Table shape = new Table()
                .setSchema(schema)
                .setTimePartitioning(load.getTimePartitioning())
                .setRangePartitioning(load.getRangePartitioning())
                .setClustering(load.getClustering());
        // The fields of CSV are found by position, so that none can be left out.
        boolean ignoreUnknown = source != SchemaMerge.Source.JOB
                && !CSV.equals(load.getSourceFormat())
                && load.getSourceFormat() != null
                && Boolean.TRUE.equals(load.getIgnoreUnknownValues());
        SchemaMerge merge = new SchemaMerge(source, load.getSchemaUpdateOptions(), ignoreUnknown);
        return target.prepare(shape, load.getCreateDisposition(), disposition, merge);
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
        StoredTable table = load.getSchema() == null
                ? prepare(target, load, file.schema(), disposition, SchemaMerge.Source.ROWS)
                : prepare(target, load, load.getSchema(), disposition, SchemaMerge.Source.JOB);
        if (Boolean.TRUE.equals(load.getIgnoreUnknownValues())) {
            file.removeUnknown(table);
        }
        String insert = TableInsert.rows(table, file.columns(table), file.rows(table), target.partitionTime());
        try {
            return outcome(media, target.insert(insert), 0);
        } catch (SQLException e) {
            throw ServiceError.invalid("Error while reading data, error message: "
                    + ServiceError.of(e).getMessage());
        }
    }

    private static JobOutcome loadAvro(
            WriteSession session, TableTarget target, JobConfigurationLoad load, String disposition, Path media)
            throws SQLException, IOException {
        try (AvroFile file = AvroFile.open(media, Boolean.TRUE.equals(load.getUseAvroLogicalTypes()))) {
            StoredTable table = load.getSchema() == null
                    ? prepare(
                            target,
                            load,
                            new TableSchema().setFields(file.fields()),
                            disposition,
                            SchemaMerge.Source.FILE)
                    : prepare(target, load, load.getSchema(), disposition, SchemaMerge.Source.JOB);
            AvroRows rows = new AvroRows(file, table, Boolean.TRUE.equals(load.getIgnoreUnknownValues()));
            ColumnOrder order = new ColumnOrder(rows.columns(), table.columns(), target.now());
            return outcome(media, append(session, target, table, order.arrange(rows)), 0);
        } catch (AvroException e) {
            String message = String.valueOf(e.getMessage());
            throw ServiceError.invalid(
                    message.startsWith("Unsupported: ")
                            ? message
                            : "Error while reading data, error message: " + message);
        }
    }

    private static TableSchema detect(String format, JobConfigurationLoad load, Path media) throws IOException {
        try (BufferedReader reader = reader(media, load)) {
            return format.equals(CSV) ? SchemaDetection.csv(reader, load) : SchemaDetection.json(reader);
        }
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
