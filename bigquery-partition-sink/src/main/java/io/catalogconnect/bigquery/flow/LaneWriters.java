package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.LaneWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * The lane writers that a task owns: one for each topic partition (the original one) and table. Used by the task's thread
 * only.
 *
 * @param <W> the writer of the write mode
 */
final class LaneWriters<W extends LaneWriter> {

    private static final class Lane<W> {
        private final W writer;
        private boolean isActive;

        private Lane(W writer) {
            this.writer = writer;
        }
    }

    private final BiFunction<TopicPartition, String, W> factory;
    private final Map<TopicPartition, Map<String, Lane<W>>> byPartition = new LinkedHashMap<>();
    /** Lanes that may have work: the task looks at each of them whenever an answer arrives. */
    private final List<Lane<W>> active = new ArrayList<>();

    /** @param factory creates the writer of a topic partition and a table */
    LaneWriters(BiFunction<TopicPartition, String, W> factory) {
        this.factory = factory;
    }

    /** The writer of a lane, which is created if it does not exist. The caller may give it work. */
    W writer(TopicPartition partition, String table) {
        return activate(byPartition
                .computeIfAbsent(partition, from -> new LinkedHashMap<>())
                .computeIfAbsent(table, to -> new Lane<>(factory.apply(partition, to))));
    }

    /** The writer of a lane, if it exists. The caller may give it work. */
    Optional<W> find(TopicPartition partition, String table) {
        return Optional.ofNullable(byPartition.getOrDefault(partition, Map.of()).get(table))
                .map(this::activate);
    }

    private W activate(Lane<W> lane) {
        if (!lane.isActive) {
            lane.isActive = true;
            active.add(lane);
        }
        return lane.writer;
    }

    void advance(long now) {
        for (int i = 0; i < active.size(); i++) {
            active.get(i).writer.advance(now);
        }
        active.removeIf(lane -> {
            lane.isActive = !lane.writer.isIdle();
            return !lane.isActive;
        });
    }

    /** The first offset of a partition whose row is not settled, or {@link Long#MAX_VALUE}. */
    long firstUnsettled(TopicPartition partition) {
        return byPartition.getOrDefault(partition, Map.of()).values().stream()
                .mapToLong(lane -> lane.writer.firstUnsettled().orElse(Long.MAX_VALUE))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    long unsettledBytes() {
        long bytes = 0;
        for (Lane<W> lane : active) {
            bytes += lane.writer.unsettledBytes();
        }
        return bytes;
    }

    long requestsInFlight() {
        long requests = 0;
        for (Lane<W> lane : active) {
            requests += lane.writer.requestsInFlight();
        }
        return requests;
    }

    /** Whether a writer is waiting for answers that are likely to arrive soon. */
    boolean expectsAnswers() {
        for (Lane<W> lane : active) {
            if (lane.writer.isWriting() && lane.writer.hasUnsettledRows()) {
                return true;
            }
        }
        return false;
    }

    /** Closes the writers of a partition without blocking. */
    void close(TopicPartition partition) {
        Map<String, Lane<W>> closed = byPartition.remove(partition);
        if (closed != null) {
            closed.values().forEach(lane -> lane.writer.close());
            active.removeAll(closed.values());
        }
    }

    /** Closes all writers without blocking. */
    void closeAll() {
        byPartition.values().forEach(lanes -> lanes.values().forEach(lane -> lane.writer.close()));
        active.clear();
        byPartition.clear();
    }
}
