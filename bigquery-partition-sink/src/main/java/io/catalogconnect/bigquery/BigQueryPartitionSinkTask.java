package io.catalogconnect.bigquery;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/**
 * Connect's side of a task: takes records, keeps a bound on what waits by pausing partitions, and lets only offsets be
 * committed whose rows are known to be in their tables. No callback of a rebalance asks the network for anything.
 */
public final class BigQueryPartitionSinkTask extends SinkTask {

    private static final long PUT_PATIENCE_MS = 1_000;
    private static final long POLL_WHILE_FLOWING_MS = 20;
    private static final long POLL_WHILE_STALLED_MS = 100;

    private final Function<BigQueryPartitionSinkConfig, SinkPorts> ports;
    private final Clock clock;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private @Nullable SinkFlow flow;
    private @Nullable SinkMetrics metrics;
    private @Nullable RuntimeException failure;
    private long bufferMaxBytes;
    private long settleMillis;

    public BigQueryPartitionSinkTask() {
        this(SinkPorts::google, Clock.systemUTC());
    }

    BigQueryPartitionSinkTask(Function<BigQueryPartitionSinkConfig, SinkPorts> ports, Clock clock) {
        this.ports = ports;
        this.clock = clock;
    }

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void start(Map<String, String> props) {
        BigQueryPartitionSinkConfig config = new BigQueryPartitionSinkConfig(props);
        bufferMaxBytes = config.bufferMaxBytes();
        settleMillis = config.settleTimeout().toMillis();
        SinkMetrics shown = new SinkMetrics(config.connector());
        metrics = shown;
        shown.register(context);
        BadRecords badRecords = new BadRecords(
                config.connector(), reporter(), "all".equals(props.getOrDefault("errors.tolerance", "none")));
        flow = new SinkFlow(config, ports.apply(config), badRecords, shown, clock, new SplittableRandom());
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        partitions.forEach(started()::open);
        assigned.addAll(partitions);
        // Connect pauses again what was paused when it was taken away, and nobody but us would ever resume it.
        context.resume(partitions.toArray(new TopicPartition[0]));
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        partitions.forEach(started()::close);
        partitions.forEach(assigned::remove);
        partitions.forEach(paused::remove);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        SinkFlow to = started();
        try {
            if (failure != null) {
                throw failure;
            }
            records.forEach(to::accept);
            to.step();
            long patience = PUT_PATIENCE_MS;
            while (to.unsettledBytes() > bufferMaxBytes && to.isFlowing() && patience > 0) {
                patience -= awaitProgress(to, patience);
                to.step();
            }
            balance(to);
        } catch (ConnectException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("Interrupted while waiting for BigQuery", e);
        } catch (RuntimeException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        settle();
        if (metrics != null) {
            metrics.registerRest();
        }
        // The framework's offsets pass filtered records too; we hold back those that are not settled.
        Map<TopicPartition, OffsetAndMetadata> settled = new HashMap<>(currentOffsets);
        try {
            settled.replaceAll((partition, current) -> {
                long first = started().firstUnsettled(partition);
                return first < current.offset() ? new OffsetAndMetadata(first) : current;
            });
        } catch (RuntimeException e) {
            failure = e;
            return Map.of();
        }
        return settled;
    }

    @Override
    public void stop() {
        SinkFlow running = flow;
        flow = null;
        if (running != null) {
            running.stop();
        }
    }

    private void settle() {
        SinkFlow to = started();
        try {
            to.step();
            long patience = settleMillis;
            while (patience > 0 && to.isFlowing()) {
                patience -= awaitProgress(to, patience);
                to.step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e; // an exception here would make Connect rewind; the next put stops the task
        }
    }

    private long awaitProgress(SinkFlow to, long patience) throws InterruptedException {
        long before = clock.millis();
        to.awaitProgress(Math.min(patience, POLL_WHILE_FLOWING_MS));
        return Math.max(1, clock.millis() - before);
    }

    /** Pauses what waits when too much does, and asks to be called soon as long as anything waits. */
    private void balance(SinkFlow to) {
        long waiting = to.unsettledBytes();
        if (waiting > bufferMaxBytes) {
            for (TopicPartition partition : assigned) {
                if (paused.add(partition)) {
                    context.pause(partition);
                }
            }
        } else if (waiting <= bufferMaxBytes / 2 && !paused.isEmpty()) {
            context.resume(paused.toArray(new TopicPartition[0]));
            paused.clear();
        }
        if (waiting > 0) {
            context.timeout(to.isFlowing() ? POLL_WHILE_FLOWING_MS : POLL_WHILE_STALLED_MS);
        }
    }

    private SinkFlow started() {
        return Objects.requireNonNull(flow, "the task is not started");
    }

    private @Nullable ErrantRecordReporter reporter() {
        try {
            return context.errantRecordReporter();
        } catch (NoSuchMethodError e) {
            return null; // a worker older than Kafka 2.6
        }
    }
}
