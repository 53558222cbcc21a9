package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connector puts away what is done, with a real S3 server. */
class CleanupIT {

    private static final String HEADER = "brand,category_id,comment\n";

    private static S3Server s3;

    private final FakeWorker worker = new FakeWorker(false);

    @BeforeAll
    static void startServer() throws Exception {
        s3 = S3Server.start();
    }

    @AfterAll
    static void stopServer() {
        s3.close();
    }

    @Test
    void objectIsMovedWhenItsEndIsCommittedAndNotWhenItIsAcknowledged() throws Exception {
        Map<String, String> properties = S3CsvSourceIT.properties(s3.endpoint().toString(), "in/");
        properties.putAll(Map.of(
                "cleanup", "move", "cleanup.move.prefix", "done/", "cleanup.interval.ms", "10", "tasks.max", "1"));
        s3.put("in/a.csv", (HEADER + "HP,1,\n").getBytes(UTF_8));
        s3.put("in/b.csv", (HEADER + "HP,2,\n").getBytes(UTF_8));
        S3CsvSourceTask task = new S3CsvSourceTask();
        task.initialize(worker);
        task.start(properties);
        List<SourceRecord> records = new ArrayList<>();
        while (records.size() < 2) {
            records.addAll(Polling.poll(task));
        }
        worker.deliver(records.subList(0, 1));
        worker.commit();
        worker.deliver(records.subList(1, 2));
        S3CsvSourceConnector connector = new S3CsvSourceConnector();
        connector.initialize(new Context(worker));
        connector.start(properties);
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> s3.keys(), List.of("done/in/a.csv", "in/b.csv")::equals);

            worker.commit();

            await().atMost(Duration.ofMinutes(2))
                    .until(() -> s3.keys(), List.of("done/in/a.csv", "done/in/b.csv")::equals);
            assertThat(s3.get("done/in/b.csv")).isEqualTo((HEADER + "HP,2,\n").getBytes(UTF_8));
        } finally {
            connector.stop();
            task.stop();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("s3-csv-source-cleanup"));
    }

    /** What a worker hands to a connector. */
    private record Context(FakeWorker worker) implements SourceConnectorContext {

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return worker.offsetStorageReader();
        }

        @Override
        public void requestTaskReconfiguration() {
            throw new IllegalStateException("New objects never change the tasks");
        }

        @Override
        public void raiseError(Exception e) {
            throw new IllegalStateException(e);
        }

        @Override
        public PluginMetrics pluginMetrics() {
            return worker.pluginMetrics();
        }
    }
}
