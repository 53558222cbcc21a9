package io.catalogconnect.localstack.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.process.JavaProcess;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A stack with somebody who writes to its topics, breaks its BigQuery, and looks at each row in the end. */
final class FaultStage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int EXAMPLES = 10;

    private final StackLayout layout;
    private final LocalStack stack;
    private final Publisher publisher;
    private final BigQueryFaults faults;

    FaultStage(Path state) throws IOException, InterruptedException {
        this(state, Worker.DEFAULTS);
    }

    FaultStage(Path state, Worker.Options worker) throws IOException, InterruptedException {
        this.layout = new StackLayout(Path.of(".."), state);
        this.stack = LocalStack.start(layout, StackPorts.FREE, worker, step -> {});
        this.publisher = new Publisher(stack.endpoints().kafka());
        this.faults = new BigQueryFaults(stack.endpoints().bigQueryRest());
    }

    LocalStack stack() {
        return stack;
    }

    Publisher publisher() {
        return publisher;
    }

    BigQueryFaults faults() {
        return faults;
    }

    /** One more worker, which notices within seconds when it has lost its group. */
    JavaProcess addWorker(String name) throws IOException, InterruptedException {
        return stack.addWorker(new Worker.Options(name, "1g")
                .withSettings(Map.of("session.timeout.ms", "6000", "heartbeat.interval.ms", "1000")));
    }

    /** Deploys the job and waits until its tasks run. */
    void start(SinkJob job) throws IOException, ExecutionException, InterruptedException {
        stack.deploy(List.of(job.definition()));
        awaitTrue(
                "running: " + job.name(),
                () -> stack.connect().status(job.name()).isRunning());
    }

    void stop(SinkJob job) throws InterruptedException {
        stack.connect().delete(job.name());
    }

    /** What a process of the stack has logged so far. */
    String log(String process) throws IOException {
        return Files.readString(layout.log(process));
    }

    /** Waits until the job's table has the given number of rows; fails if the job failed. */
    void awaitRows(SinkJob job, long rows) throws Exception {
        awaitTrue("rows of " + job.table(), () -> {
            checkAlive(job);
            return rowCount(job) >= rows;
        });
    }

    long rowCount(SinkJob job) throws InterruptedException {
        return stack.dataset()
                .sizes(List.of(job.table()))
                .getOrDefault(job.table(), TableSize.EMPTY)
                .rows();
    }

    /** How many items have a row, counting each once. */
    long distinctItems(SinkJob job) throws InterruptedException {
        return stack.dataset()
                .query("SELECT COUNT(DISTINCT id) FROM " + job.table())
                .iterateAll()
                .iterator()
                .next()
                .get(0)
                .getLongValue();
    }

    /** Waits until each rule has affected at least one call. */
    void awaitOccurred(List<String> rules) throws Exception {
        awaitTrue("occurred: " + rules, () -> faults.unused(rules).isEmpty());
    }

    /** Waits until the job has committed all that its topics hold; BigQuery is asked nothing. */
    void awaitCommitted(SinkJob job) throws Exception {
        awaitTrue("committed: " + job.name(), () -> {
            checkAlive(job);
            return stack.topics().isCaughtUp(job.group(), job.topics());
        });
    }

    /** Waits until the job has committed all that its topics hold, and then looks at each row; tells how many there are. */
    long awaitEachRowOnce(SinkJob job) throws Exception {
        awaitCommitted(job);
        return assertEachRowOnce(job);
    }

    /** Waits until the job has committed all that its topics hold, and compares its rows with the last states. */
    long awaitLastStates(SinkJob job, KeyedItems items) throws Exception {
        awaitCommitted(job);
        return items.assertLastStates(
                stack.dataset().query("SELECT item, change FROM " + job.table()).iterateAll());
    }

    /** Looks at each row: those of the published items are there, once, with their content, and no other is. */
    private long assertEachRowOnce(SinkJob job) throws InterruptedException {
        Map<Place, Long> missing = new HashMap<>(publisher.landed(job.topics()));
        int expected = missing.size();
        List<String> wrong = new ArrayList<>();
        long rows = 0;
        for (FieldValueList row : stack.dataset()
                .query("SELECT _kafka_topic, _kafka_partition, _kafka_offset, id, text FROM " + job.table())
                .iterateAll()) {
            rows++;
            Place place = new Place(
                    row.get(0).getStringValue(),
                    (int) row.get(1).getLongValue(),
                    row.get(2).getLongValue());
            long item = row.get(3).getLongValue();
            Long published = missing.remove(place);
            if (published == null) {
                wrong.add("unexpected or doubled " + place + " with item " + item);
            } else if (published != item || !row.get(4).getStringValue().equals(Publisher.text(item))) {
                wrong.add("other content at " + place + ": item " + item + " instead of " + published);
            }
        }
        missing.forEach((place, item) -> wrong.add("lost " + place + " with item " + item));
        assertThat(wrong.stream().limit(EXAMPLES))
                .as("%d wrong of %d expected, %d found", wrong.size(), expected, rows)
                .isEmpty();
        assertThat(rows).isEqualTo(expected).isPositive();
        return rows;
    }

    /** The reason for each record in a dead letter queue, by the record's place. A rebalance may report a record again. */
    Map<Place, String> deadLetters(String topic) {
        Map<Place, String> reasons = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.endpoints().kafka()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Place place = new Place(
                            header(record, "topic"),
                            Integer.parseInt(header(record, "partition")),
                            Long.parseLong(header(record, "offset")));
                    reasons.put(place, header(record, "exception.message"));
                }
            }
        }
        return reasons;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(
                record.headers().lastHeader("__connect.errors." + name).value(), StandardCharsets.UTF_8);
    }

    /** Waits until the job has failed, and tells why. */
    String awaitFailure(SinkJob job) throws Exception {
        awaitTrue("failed: " + job.name(), () -> failure(job).isPresent());
        return failure(job).orElseThrow();
    }

    private Optional<String> failure(SinkJob job) throws InterruptedException {
        return stack.connect().status(job.name()).failure();
    }

    private void checkAlive(SinkJob job) throws InterruptedException {
        ConnectorStatus status = stack.connect().status(job.name());
        assertThat(status.failure()).as("failure of " + job.name()).isEmpty();
    }

    /** Lets everybody work for a while that somebody else chose. */
    void letWork(Duration time) throws InterruptedException {
        Wait over = Wait.upTo(time);
        while (!over.isOver()) {
            over.pause();
        }
    }

    /** Something to wait for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException, ExecutionException;
    }

    void awaitTrue(String what, Condition condition) throws IOException, ExecutionException, InterruptedException {
        Wait patience = Wait.upTo(PATIENCE);
        while (!condition.holds()) {
            assertThat(patience.isOver())
                    .as("waited " + PATIENCE + " for " + what)
                    .isFalse();
            patience.pause();
        }
    }

    @Override
    public void close() {
        publisher.close();
        stack.close();
    }
}
