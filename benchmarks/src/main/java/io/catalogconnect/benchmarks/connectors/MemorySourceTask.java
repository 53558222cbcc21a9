package io.catalogconnect.benchmarks.connectors;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;

/** Holds the values and their places; a record costs its headers, its offset and itself. */
public final class MemorySourceTask extends SourceTask {
    /** As {@code s3-csv-source} does by default. */
    private static final int TRANSACTION_ROWS = 20_000;

    /** As {@code config/connectors/catalog-source.json} has it. */
    private static final int BATCH_ROWS = 2_000;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private Struct[] values = {};
    private long[] starts = {};
    private long bodyBytes;
    private long rows;
    private long next;
    private String topic = "";
    private String bucket = "";
    private String key = "";
    private String etag = "";
    private String lastModified = "";
    private String fileDate = "";
    private Map<String, String> partition = Map.of();

    @Override
    public void start(Map<String, String> props) {
        topic = get(props, MemorySource.TOPIC);
        bucket = get(props, MemorySource.HEADER_PREFIX + "s3.bucket");
        key = get(props, MemorySource.HEADER_PREFIX + "s3.key");
        etag = get(props, MemorySource.HEADER_PREFIX + "s3.etag");
        lastModified = get(props, MemorySource.HEADER_PREFIX + "s3.last.modified");
        fileDate = get(props, MemorySource.HEADER_PREFIX + "file.date");
        partition = Map.of("object", "s3://" + bucket + "/" + key);
        RowFile file;
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(Files.newInputStream(Path.of(get(props, MemorySource.ROW_FILE)))))) {
            file = RowFile.readFrom(in);
        } catch (IOException e) {
            throw new ConnectException("The rows cannot be read: " + e.getMessage(), e);
        }
        LocalDate date = LocalDate.parse(fileDate);
        values = file.rows().stream()
                .map(row -> CatalogValues.of(row.cells(), date))
                .toArray(Struct[]::new);
        starts = file.rows().stream().mapToLong(RowFile.Row::start).toArray();
        bodyBytes = file.bodyBytes();
        rows = values.length * Long.parseLong(get(props, MemorySource.REPEAT));
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        if (next == rows) {
            if (stopping.await(1, TimeUnit.SECONDS)) {
                next = rows;
            }
            return null;
        }
        TransactionContext transactions = context.transactionContext();
        List<SourceRecord> batch = new ArrayList<>(BATCH_ROWS);
        while (batch.size() < BATCH_ROWS && next < rows) {
            SourceRecord record = record(next++);
            batch.add(record);
            if (transactions != null && (next == rows || next % TRANSACTION_ROWS == 0)) {
                transactions.commitTransaction(record);
            }
        }
        return batch;
    }

    /** A record that is equal only to itself, as the records of {@code s3-csv-source} are, so that no worker hashes its content. */
    private static final class MemoryRecord extends SourceRecord {

        MemoryRecord(
                Map<String, String> partition,
                Map<String, Long> offset,
                String topic,
                String key,
                Struct value,
                ConnectHeaders headers) {
            super(
                    partition,
                    offset,
                    topic,
                    null,
                    Schema.STRING_SCHEMA,
                    key,
                    CatalogValues.SCHEMA,
                    value,
                    null,
                    headers);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private SourceRecord record(long index) {
        int at = (int) (index % values.length);
        ConnectHeaders headers = new ConnectHeaders();
        headers.add("s3.bucket", bucket, Schema.STRING_SCHEMA);
        headers.add("s3.key", key, Schema.STRING_SCHEMA);
        headers.add("s3.etag", etag, Schema.STRING_SCHEMA);
        headers.add("s3.last.modified", lastModified, Schema.STRING_SCHEMA);
        headers.add("file.date", fileDate, Schema.STRING_SCHEMA);
        headers.add("csv.row", index + 1, Schema.INT64_SCHEMA);
        headers.add("csv.byte", starts[at] + bodyBytes * (index / values.length), Schema.INT64_SCHEMA);
        return new MemoryRecord(partition, Map.of("row", index + 1), topic, key, values[at], headers);
    }

    @Override
    public void stop() {
        stopping.countDown();
    }

    @Override
    public String version() {
        return "benchmark";
    }

    private static String get(Map<String, String> props, String name) {
        String value = props.get(name);
        if (value == null) {
            throw new ConnectException("The setting " + name + " is missing");
        }
        return value;
    }
}
