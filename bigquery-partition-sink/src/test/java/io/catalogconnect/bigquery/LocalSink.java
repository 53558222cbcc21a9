package io.catalogconnect.bigquery;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;

/** Tasks with Google's clients that write to a {@link LocalDataset} and are called as by a worker. */
final class LocalSink implements AutoCloseable {

    static final TopicPartition RAW = new TopicPartition("products.raw", 0);
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final LocalDataset dataset;
    final RecordingContext context = new RecordingContext();
    final Map<String, String> properties;
    private final List<BigQueryPartitionSinkTask> tasks = new ArrayList<>();
    private final Clock clock;

    LocalSink(Path folder) {
        this(folder, Clock.systemUTC());
    }

    LocalSink(Path folder, Clock clock) {
        this(folder, clock, Duration.ZERO);
    }

    /** @param latency the time that each statement takes in addition */
    LocalSink(Path folder, Clock clock, Duration latency) {
        this.clock = clock;
        this.dataset = LocalDataset.start(folder, clock, latency);
        this.properties = new HashMap<>(dataset.sinkProperties());
    }

    /** Starts a task with the present properties. */
    BigQueryPartitionSinkTask start(TopicPartition partition) {
        BigQueryPartitionSinkTask task = new BigQueryPartitionSinkTask(GooglePorts::of, clock);
        tasks.add(task);
        task.initialize(context);
        task.start(properties);
        task.open(List.of(partition));
        return task;
    }

    /** Adds records and waits until the task has no unfinished work. */
    void putUntilSettled(BigQueryPartitionSinkTask task, List<SinkRecord> records) {
        task.put(records);
        awaitSettled(task);
    }

    /** Waits until the tasks have no unfinished work. */
    void awaitSettled(BigQueryPartitionSinkTask... running) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            context.timeouts.clear();
            for (BigQueryPartitionSinkTask task : running) {
                task.put(List.of());
            }
            return context.timeouts.isEmpty();
        });
    }

    /** Products with the offsets from {@code from} to {@code to - 1}, for {@link #RAW}. */
    static List<SinkRecord> records(int from, int to) {
        return records(RAW, from, to);
    }

    /** The same for another topic partition. */
    static List<SinkRecord> records(TopicPartition partition, int from, int to) {
        List<SinkRecord> records = new ArrayList<>();
        for (int offset = from; offset < to; offset++) {
            Struct product = new Struct(SinkTaskFixture.PRODUCT)
                    .put("brand", "brand " + offset % 7)
                    .put("category_id", (long) offset)
                    .put("comment", offset % 2 == 0 ? null : "grün 🦊")
                    .put("catalog_date", Date.from(Instant.parse("2026-01-31T00:00:00Z")));
            records.add(new SinkRecord(
                    partition.topic(),
                    partition.partition(),
                    null,
                    "k",
                    SinkTaskFixture.PRODUCT,
                    product,
                    offset,
                    Instant.parse("2026-01-31T12:00:00Z").toEpochMilli(),
                    TimestampType.CREATE_TIME));
        }
        return records;
    }

    @Override
    public void close() {
        tasks.forEach(BigQueryPartitionSinkTask::stop);
        dataset.close();
    }
}
