package io.catalogconnect.s3csv;

import io.catalogconnect.testkit.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Tasks over a store in memory, polled as a worker does. The clock advances by a millisecond with each poll. */
final class Polling {

    /** The metadata of an acknowledged record. */
    static final RecordMetadata METADATA = new RecordMetadata(new TopicPartition("t", 0), 0, 0, 0, 0, 0);

    private final MemoryStore store;
    private final Map<String, String> properties;
    private final MovableClock clock;
    private final FakeWorker worker;

    Polling(MemoryStore store, Map<String, String> properties) {
        this(store, properties, new MovableClock(), new FakeWorker(false));
    }

    Polling(MemoryStore store, Map<String, String> properties, MovableClock clock, FakeWorker worker) {
        this.store = store;
        this.properties = properties;
        this.clock = clock;
        this.worker = worker;
    }

    FakeWorker worker() {
        return worker;
    }

    MovableClock clock() {
        return clock;
    }

    /** A started task that reads the offsets stored so far. */
    S3CsvSourceTask task() {
        S3CsvSourceTask task = new S3CsvSourceTask(config -> store, clock, new Random(1));
        task.initialize(worker);
        task.start(properties);
        return task;
    }

    static List<SourceRecord> poll(S3CsvSourceTask task) throws InterruptedException {
        List<SourceRecord> records = task.poll();
        return records == null ? List.of() : records;
    }

    /** All records of a new task. */
    List<SourceRecord> all() throws InterruptedException {
        return all(task());
    }

    /** Polls until three polls return nothing, with a listing before each. */
    List<SourceRecord> all(S3CsvSourceTask task) throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>();
        for (int idle = 0; idle < 3; ) {
            clock.advance(Duration.ofMillis(1));
            List<SourceRecord> batch = poll(task);
            idle = batch.isEmpty() ? idle + 1 : 0;
            records.addAll(batch);
        }
        return records;
    }

    /** Polls until this number of rows has arrived. */
    List<SourceRecord> drain(S3CsvSourceTask task, int rows) throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>();
        while (ids(records).size() < rows) {
            clock.advance(Duration.ofMillis(1));
            records.addAll(poll(task));
        }
        return records;
    }

    /**
     * Polls, acknowledges and commits until nothing moves any more; gives the most entries that were stored at a time.
     *
     * @param arrived gets every record
     */
    int runUntilIdle(S3CsvSourceTask task, List<SourceRecord> arrived) throws InterruptedException {
        int most = 0;
        for (int idle = 0; idle < 6; ) {
            clock.advance(Duration.ofMillis(1));
            List<SourceRecord> batch = poll(task);
            idle = batch.isEmpty() ? idle + 1 : 0;
            arrived.addAll(batch);
            worker.deliver(batch);
            for (SourceRecord record : batch) {
                task.commitRecord(record, METADATA);
            }
            worker.commit();
            task.commit();
            most = Math.max(most, worker.stored().size());
        }
        return most;
    }

    /** The {@code category_id} of each row on the main topic. */
    static List<Long> ids(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().equals("raw") && record.value() != null)
                .map(record -> ((Struct) record.value()).getInt64("category_id"))
                .toList();
    }
}
