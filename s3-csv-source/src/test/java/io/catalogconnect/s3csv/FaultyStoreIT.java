package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.object.s3.S3ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The task with the real client against a store that fails in every way a network knows. */
class FaultyStoreIT {

    private static final String SMALL = "brand,category_id,comment\r\n\"H\nP\",1,😀\nDell,2,\nAcer,3,\"é\"\"\"\nHP,4,x";

    private final Map<String, String> properties = new HashMap<>();
    private final List<S3CsvSourceTask> tasks = new ArrayList<>();
    private final FaultyS3Server server = new FaultyS3Server();

    FaultyStoreIT() throws IOException {}

    @BeforeEach
    void prepare() {
        properties.putAll(Map.of(
                "s3.bucket", "catalog",
                "s3.endpoint", server.endpoint(),
                "s3.path.style", "true",
                "s3.credentials", "anonymous",
                "topic", "raw",
                "columns", "brand:string,category_id:int64,comment:string?",
                "poll.interval.ms", "1",
                "s3.retry.backoff.ms", "0",
                "s3.retry.backoff.max.ms", "0"));
    }

    @AfterEach
    void stop() {
        tasks.forEach(S3CsvSourceTask::stop);
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void fourRefusalsInARowAreNothing(int status) throws InterruptedException {
        server.put("a.csv", SMALL);
        server.failNext(4, status);
        S3CsvSourceTask task = task();

        assertThat(ids(drain(task))).containsExactly(1L, 2L, 3L, 4L);
        server.put("b.csv", SMALL);
        server.failNext(4, status);
        assertThat(ids(drain(task))).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void twentyRefusalsInARowAreLeftToTheWorkerAndNothingIsLost() throws InterruptedException {
        server.put("a.csv", SMALL);
        server.failNext(20, 503);
        S3CsvSourceTask task = task();

        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(task::poll)
                    .isInstanceOf(RetriableException.class)
                    .hasMessage("Listing s3://catalog/ failed 5 times in a row, the last time with: Cannot list"
                            + " s3://catalog/ at " + server.endpoint() + ": the answer is 503 SlowDown. S3 is"
                            + " overloaded or unavailable");
        }
        assertThat(ids(drain(task))).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void noRowIsLostOrDuplicatedWhereverAConnectionBreaks() throws InterruptedException {
        int length = SMALL.getBytes(StandardCharsets.UTF_8).length;
        S3CsvSourceTask task = task();
        for (int cut = 1; cut <= length; cut++) {
            server.cutAfter(cut);
            server.put("a.csv", SMALL);
            int before = server.gets();

            List<SourceRecord> records = drain(task);

            assertThat(ids(records)).as("cut after %d bytes", cut).containsExactly(1L, 2L, 3L, 4L);
            assertThat(records)
                    .extracting(record -> ((Struct) record.value()).getString("brand"))
                    .containsExactly("H\nP", "Dell", "Acer", "HP");
            assertThat(server.gets() - before).as("cut after %d bytes", cut).isEqualTo((length + cut - 1) / cut);
        }
    }

    @Test
    void silentConnectionIsReopened() throws InterruptedException {
        properties.put("s3.read.timeout.ms", "200");
        server.put("a.csv", SMALL);
        server.cutAfter(40);
        server.stallInstead();

        assertThat(ids(drain(task()))).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void slowStoreLosesNothing() throws InterruptedException {
        server.put("a.csv", SMALL);
        server.drip();

        assertThat(ids(drain(task()))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(server.gets()).isEqualTo(1);
    }

    @Test
    void objectReplacedBetweenTwoConnectionsIsReadFromItsStart() throws InterruptedException {
        StringBuilder text = new StringBuilder("brand,category_id,comment\n");
        for (int i = 0; i < 5_000; i++) {
            text.append("HP,").append(i).append(",a comment to fill the buffers\n");
        }
        server.put("a.csv", text.toString());
        server.cutAfter(100_000);
        server.afterGet(() -> server.put("a.csv", SMALL));

        List<Long> ids = ids(drain(task()));

        assertThat(ids.subList(ids.size() - 4, ids.size())).containsExactly(1L, 2L, 3L, 4L);
        List<Long> old = ids.subList(0, ids.size() - 4);
        assertThat(old).isSorted().doesNotHaveDuplicates().hasSizeLessThan(5_000);
    }

    @Test
    void refusalsInTheMiddleOfAnObjectAreNothing() throws InterruptedException {
        StringBuilder text = new StringBuilder("brand,category_id,comment\n");
        for (int i = 0; i < 5_000; i++) {
            text.append("HP,").append(i).append(",a comment to fill the buffers\n");
        }
        server.put("a.csv", text.toString());
        server.cutAfter(100_000);
        server.afterGet(() -> server.failNext(12, 503));
        S3CsvSourceTask task = task();
        List<SourceRecord> records = new ArrayList<>();
        int handedToTheWorker = 0;
        while (ids(records).size() < 5_000) {
            try {
                List<SourceRecord> batch = task.poll();
                records.addAll(batch == null ? List.of() : batch);
            } catch (RetriableException e) {
                handedToTheWorker++;
            }
        }

        assertThat(ids(records)).isSorted().doesNotHaveDuplicates();
        assertThat(handedToTheWorker).isBetween(1, 2);
    }

    private S3CsvSourceTask task() {
        S3CsvSourceTask task =
                new S3CsvSourceTask(config -> S3ObjectStore.open(config.s3()), Clock.systemUTC(), new Random(1));
        task.initialize(new FakeWorker(false));
        task.start(properties);
        tasks.add(task);
        return task;
    }

    private static List<SourceRecord> drain(S3CsvSourceTask task) throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>();
        for (int idle = 0; idle < 3; ) {
            List<SourceRecord> batch = task.poll();
            idle = batch == null || batch.isEmpty() ? idle + 1 : 0;
            records.addAll(batch == null ? List.of() : batch);
        }
        return records;
    }

    private static List<Long> ids(List<SourceRecord> records) {
        return records.stream()
                .map(record -> ((Struct) record.value()).getInt64("category_id"))
                .toList();
    }
}
