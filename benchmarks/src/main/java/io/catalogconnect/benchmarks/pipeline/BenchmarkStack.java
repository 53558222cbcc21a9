package io.catalogconnect.benchmarks.pipeline;

import io.catalogconnect.benchmarks.connectors.MemorySource;
import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.StateFolder;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The local stack in a separate folder; its worker also has the baselines' plugin. Closing it, or the end of this process,
 * stops all and removes the folder. For use by one thread.
 */
final class BenchmarkStack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final StackLayout layout;
    private final LocalStack stack;
    private final Admin admin;
    private final Thread hook = new Thread(this::remove, "stop-stack");
    private final AtomicBoolean removed = new AtomicBoolean();

    private BenchmarkStack(StackLayout layout, LocalStack stack) {
        this.layout = layout;
        this.stack = stack;
        this.admin = Admin.create(Map.of("bootstrap.servers", stack.endpoints().kafka()));
    }

    static BenchmarkStack start(Path home, Consumer<String> progress) throws IOException, InterruptedException {
        return start(layout(home), Worker.DEFAULTS, progress);
    }

    /** The same with the plugin of a folder, and a worker with other settings. */
    static BenchmarkStack start(Path home, Path plugin, Worker.Options worker, Consumer<String> progress)
            throws IOException, InterruptedException {
        StackLayout layout = layout(home);
        Map<String, String> settings = new HashMap<>(worker.settings());
        settings.put("plugin.path", layout.pluginPath() + "," + plugin);
        return start(layout, worker.withSettings(settings), progress);
    }

    private static StackLayout layout(Path home) throws IOException {
        return new StackLayout(home, Files.createTempDirectory("catalog-benchmark")).withPlugin("benchmarks");
    }

    private static BenchmarkStack start(StackLayout layout, Worker.Options worker, Consumer<String> progress)
            throws IOException, InterruptedException {
        BenchmarkStack started =
                new BenchmarkStack(layout, LocalStack.start(layout, StackPorts.FREE, worker, progress));
        Runtime.getRuntime().addShutdownHook(started.hook);
        return started;
    }

    LocalStack stack() {
        return stack;
    }

    /** Folder for files that are removed at the end. */
    Path folder() throws IOException {
        return Files.createDirectories(layout.run());
    }

    /** The configuration of a connector as it ships. */
    Map<String, String> shipped(String name) {
        return new HashMap<>(ConnectorDefinition.read(layout.connectors().resolve(name + ".json"))
                .config());
    }

    /** The baseline of the shipped source: the same producer and the same transactions. */
    Map<String, String> memorySource(String topic, Path rowFile, int repeat, Map<String, String> headers) {
        Map<String, String> config = shipped("catalog-source");
        config.keySet()
                .removeIf(key -> !key.startsWith("producer.override.")
                        && !key.equals("exactly.once.support")
                        && !key.equals("transaction.boundary"));
        config.put("connector.class", MemorySource.class.getName());
        config.put("tasks.max", "1");
        config.put(MemorySource.TOPIC, topic);
        config.put(MemorySource.ROW_FILE, rowFile.toString());
        config.put(MemorySource.REPEAT, Integer.toString(repeat));
        headers.forEach((name, value) -> config.put(MemorySource.HEADER_PREFIX + name, value));
        return config;
    }

    /** Makes a topic of one partition whose records have the time of the broker. */
    void createTopic(String topic) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)
                        .configs(Map.of("message.timestamp.type", "LogAppendTime", "segment.bytes", "134217728"))))
                .all()
                .get();
        // A producer that is faster than the election of the leader can stall (KAFKA-15591).
        await("the leader of " + topic, () -> hasLeader(topic));
    }

    private boolean hasLeader(String topic) throws InterruptedException {
        try {
            admin.listOffsets(Map.of(new TopicPartition(topic, 0), OffsetSpec.latest()))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    void deleteTopic(String topic) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(topic)).all().get();
    }

    /** Deletes the records that are in the topic now. */
    void emptyTopic(String topic) throws ExecutionException, InterruptedException {
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(-1)))
                .all()
                .get();
    }

    void deploy(String name, Map<String, String> config) throws InterruptedException {
        stack.connect().put(new ConnectorDefinition(name, config));
    }

    /**
     * Stops and deletes the connector; returns when the worker has closed its tasks and their clients, so that they do not
     * slow down what is measured next.
     */
    void delete(String name) throws InterruptedException, ExecutionException {
        stack.connect().stop(name);
        await(name + " to have no tasks", () -> checkedStatus(name).tasks().isEmpty());
        stack.connect().delete(name);
        await(
                name + " to be deleted",
                () -> stack.connect().status(name).connector().state().equals("UNASSIGNED"));
    }

    /** Waits until every task of the connector is in this state. */
    void awaitState(String connector, String state) throws InterruptedException, ExecutionException {
        await(connector + " to be " + state, () -> {
            ConnectorStatus status = checkedStatus(connector);
            return !status.tasks().isEmpty()
                    && status.tasks().stream().allMatch(task -> task.state().equals(state));
        });
    }

    /** Something that is true at some time. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws InterruptedException, ExecutionException;
    }

    /**
     * Waits for a condition and fails early if a process has ended.
     *
     * @throws IllegalStateException if it does not hold in three minutes
     */
    void await(String what, Condition condition) throws InterruptedException, ExecutionException {
        Wait wait = Wait.upTo(PATIENCE);
        while (!condition.holds()) {
            if (wait.isOver()) {
                throw new IllegalStateException("Waited " + PATIENCE.toSeconds() + " s for " + what);
            }
            stack.checkRunning();
            wait.pause();
        }
    }

    /**
     * The connector's state.
     *
     * @throws IllegalStateException if it has failed
     */
    ConnectorStatus checkedStatus(String connector) throws InterruptedException {
        ConnectorStatus status = stack.connect().status(connector);
        Optional<String> failure = status.failure();
        if (failure.isPresent()) {
            throw new IllegalStateException(failure.get());
        }
        return status;
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void remove() {
        if (!removed.compareAndSet(false, true)) {
            return;
        }
        admin.close(Duration.ZERO);
        stack.close();
        try {
            StateFolder.empty(layout.state());
            Files.delete(layout.state().resolve("lock"));
            Files.delete(layout.state());
        } catch (IOException e) {
            throw new IllegalStateException("Remove " + layout.state() + " by hand: " + e.getMessage(), e);
        }
    }
}
