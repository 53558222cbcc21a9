package io.catalogconnect.bigquery.flow;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * A task between start and stop, as Connect calls it: limits the unsettled rows by pausing partitions, waits a limited
 * time for answers, and returns the offsets that may be committed. Opening and closing partitions makes no call to the
 * network. Used by the task's thread only.
 */
public final class SinkSession {

    private static final long PUT_PATIENCE_MS = 1_000;
    private static final long POLL_WHILE_WRITING_MS = 20;
    private static final long POLL_WHILE_STALLED_MS = 100;

    private final SinkFlow flow;
    private final SinkTaskContext context;
    private final FlowSettings.Buffer limits;
    private final Clock clock;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private @Nullable RuntimeException failure;

    public SinkSession(SinkFlow flow, SinkTaskContext context, FlowSettings.Buffer limits, Clock clock) {
        this.flow = flow;
        this.context = context;
        this.limits = limits;
        this.clock = clock;
    }

    /** Starts to check the tables, without waiting. A failure is thrown by {@link #put}, which Connect calls soon. */
    public void start() {
        flow.start();
        context.timeout(POLL_WHILE_STALLED_MS);
    }

    public void open(Collection<TopicPartition> partitions) {
        partitions.forEach(flow::open);
        assigned.addAll(partitions);
        // Connect pauses a partition again that was paused when it was revoked, and only the task can resume it.
        context.resume(partitions.toArray(new TopicPartition[0]));
    }

    public void close(Collection<TopicPartition> partitions) {
        partitions.forEach(flow::close);
        partitions.forEach(assigned::remove);
        partitions.forEach(paused::remove);
    }

    /**
     * Passes records to their lanes.
     *
     * @throws ConnectException if the task cannot continue
     */
    public void put(Collection<SinkRecord> records) {
        try {
            if (failure != null) {
                throw failure;
            }
            records.forEach(flow::put);
            flow.advance();
            long patience = PUT_PATIENCE_MS;
            while (flow.unsettledBytes() > limits.maxBytes() && flow.expectsAnswers() && patience > 0) {
                patience -= awaitProgress(patience);
                flow.advance();
            }
            balance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("Interrupted while waiting for BigQuery", e);
        } catch (RuntimeException e) {
            failure = e;
            throw e instanceof ConnectException connect ? connect : new ConnectException(e.getMessage(), e);
        }
    }

    /**
     * The offsets that may be committed: Connect's own, which are past filtered records too, but none above an unsettled
     * record. After a failure none: Connect commits also when it stops a failed task, whose writers may have lost count of
     * their rows. The next {@link #put} throws the failure.
     */
    public Map<TopicPartition, OffsetAndMetadata> offsetsToCommit(
            Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        settle();
        if (failure != null) {
            return Map.of();
        }
        Map<TopicPartition, OffsetAndMetadata> settled = new HashMap<>(currentOffsets);
        try {
            settled.replaceAll((partition, current) -> {
                long first = flow.firstUnsettled(partition);
                return first < current.offset() ? new OffsetAndMetadata(first) : current;
            });
        } catch (RuntimeException e) {
            failure = e;
            return Map.of();
        }
        return settled;
    }

    /** Closes everything without blocking. */
    public void stop() {
        flow.stop();
    }

    private void settle() {
        if (failure != null) {
            return;
        }
        try {
            flow.advance();
            long patience = limits.settleTimeout().toMillis();
            while (patience > 0 && flow.expectsAnswers()) {
                patience -= awaitProgress(patience);
                flow.advance();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e; // an exception here would make Connect rewind; the next put fails the task
        }
    }

    private long awaitProgress(long patience) throws InterruptedException {
        long before = clock.millis();
        flow.awaitProgress(Math.min(patience, POLL_WHILE_WRITING_MS));
        return Math.max(1, clock.millis() - before);
    }

    /** Pauses partitions while too many bytes are unsettled, and asks to be called soon while any are. */
    private void balance() {
        long unsettled = flow.unsettledBytes();
        if (unsettled > limits.maxBytes()) {
            for (TopicPartition partition : assigned) {
                if (paused.add(partition)) {
                    context.pause(partition);
                }
            }
        } else if (unsettled <= limits.maxBytes() / 2 && !paused.isEmpty()) {
            context.resume(paused.toArray(new TopicPartition[0]));
            paused.clear();
        }
        if (unsettled > 0 || flow.isStarting()) {
            context.timeout(flow.expectsAnswers() ? POLL_WHILE_WRITING_MS : POLL_WHILE_STALLED_MS);
        }
    }
}
