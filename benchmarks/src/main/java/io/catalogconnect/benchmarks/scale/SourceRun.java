package io.catalogconnect.benchmarks.scale;

import io.catalogconnect.s3csv.S3CsvSourceTask;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A task of the source reads {@link GeneratedObjects} to the end of the last one, as it ships but for the teams' rules, and with
 * end markers. It is polled as by a worker with exactly-once sources: the records of a transaction are acknowledged when it ends.
 */
final class SourceRun {

    private static final RecordMetadata ACKNOWLEDGED =
            new RecordMetadata(new TopicPartition("products", 0), 0, 0, 0, 0, 0);
    private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private final GeneratedObjects objects;
    private final TransactionLoop context = new TransactionLoop();
    private final S3CsvSourceTask task = new S3CsvSourceTask();
    private final CostMeter meter = new CostMeter();
    private final List<SourceRecord> open = new ArrayList<>();
    private final SourceCount count = new SourceCount();

    private SourceRun(GeneratedObjects objects) {
        this.objects = objects;
    }

    /**
     * Reads all objects once.
     *
     * @param connectors the folder of the connectors that ship
     * @throws IllegalStateException if a row or the end of an object is missing or duplicated, or if the source stalls
     */
    static Cost read(Path connectors, int port, GeneratedObjects objects) throws InterruptedException {
        return new SourceRun(objects).read(properties(connectors, port, objects));
    }

    private static Map<String, String> properties(Path connectors, int port, GeneratedObjects objects) {
        Map<String, String> properties =
                new HashMap<>(ConnectorDefinition.read(connectors.resolve("catalog-source.json"))
                        .config());
        properties
                .keySet()
                .removeIf(key ->
                        key.startsWith("transforms") || key.equals("copy.topics") || key.equals("object.events.topic"));
        properties.putAll(Map.of(
                "s3.endpoint",
                "http://127.0.0.1:" + port,
                "s3.bucket",
                "catalog",
                "s3.access.key.id",
                "key",
                "s3.secret.access.key",
                "secret",
                "s3.prefix",
                objects.prefix(),
                "columns",
                objects.declaration(),
                "object.end.markers",
                "true",
                // The bucket is listed once.
                "poll.interval.ms",
                "3600000"));
        return properties;
    }

    private Cost read(Map<String, String> properties) throws InterruptedException {
        long heapBefore = CostMeter.liveHeapBytes();
        meter.start();
        task.initialize(context);
        task.start(properties);
        try {
            long heapAtStart = 0;
            long last = System.nanoTime();
            while (count.objects() < objects.objects() || !open.isEmpty()) {
                List<SourceRecord> batch = task.poll();
                if (batch == null && System.nanoTime() - last > PATIENCE_NANOS) {
                    throw new IllegalStateException("No batch came for a minute, after " + count);
                }
                if (batch == null) {
                    continue;
                }
                last = System.nanoTime();
                if (heapAtStart == 0) {
                    meter.stop();
                    heapAtStart = CostMeter.liveHeapBytes() - heapBefore;
                    meter.start();
                }
                pass(batch);
                meter.sample();
            }
            meter.stop();
            count.check(objects);
            return new Cost(
                    objects.allRows(),
                    meter.cpuSeconds(),
                    meter.allocatedBytes(),
                    CostMeter.liveHeapBytes() - heapBefore,
                    heapAtStart);
        } finally {
            task.stop();
        }
    }

    private void pass(List<SourceRecord> batch) {
        for (SourceRecord record : batch) {
            count.add(record);
            open.add(record);
            if (context.takeEnd(record)) {
                endTransaction();
            }
        }
        if (context.takeEndOfBatch()) {
            endTransaction();
        }
    }

    private void endTransaction() {
        for (SourceRecord record : open) {
            task.commitRecord(record, ACKNOWLEDGED);
        }
        open.clear();
        task.commit();
    }
}
