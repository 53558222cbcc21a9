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

    private final BiFunction<TopicPartition, String, W> factory;
    private final Map<TopicPartition, Map<String, W>> byPartition = new LinkedHashMap<>();
    /** All writers: the task looks at each of them whenever an answer arrives. */
    private final List<W> all = new ArrayList<>();

    /** @param factory creates the writer of a topic partition and a table */
    LaneWriters(BiFunction<TopicPartition, String, W> factory) {
        this.factory = factory;
    }

    /** The writer of a lane, which is created if it does not exist. */
    W writer(TopicPartition partition, String table) {
        return byPartition
                .computeIfAbsent(partition, from -> new LinkedHashMap<>())
                .computeIfAbsent(table, to -> {
                    W created = factory.apply(partition, to);
                    all.add(created);
                    return created;
                });
    }

    /** The writer of a lane, if it exists. */
    Optional<W> find(TopicPartition partition, String table) {
        return Optional.ofNullable(byPartition.getOrDefault(partition, Map.of()).get(table));
    }

    void advance(long now) {
        for (W writer : all) {
            writer.advance(now);
        }
    }

    /** The first offset of a partition whose row is not settled, or {@link Long#MAX_VALUE}. */
    long firstUnsettled(TopicPartition partition) {
        return byPartition.getOrDefault(partition, Map.of()).values().stream()
                .mapToLong(writer -> writer.firstUnsettled().orElse(Long.MAX_VALUE))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    long unsettledBytes() {
        long bytes = 0;
        for (W writer : all) {
            bytes += writer.unsettledBytes();
        }
        return bytes;
    }

    long requestsInFlight() {
        long requests = 0;
        for (W writer : all) {
            requests += writer.requestsInFlight();
        }
        return requests;
    }

    /** Whether a writer is waiting for answers that are likely to arrive soon. */
    boolean expectsAnswers() {
        for (W writer : all) {
            if (writer.isWriting() && writer.hasUnsettledRows()) {
                return true;
            }
        }
        return false;
    }

    /** Closes the writers of a partition without blocking. */
    void close(TopicPartition partition) {
        Map<String, W> closed = byPartition.remove(partition);
        if (closed != null) {
            closed.values().forEach(LaneWriter::close);
            all.removeAll(closed.values());
        }
    }

    /** Closes all writers without blocking. */
    void closeAll() {
        all.forEach(LaneWriter::close);
        all.clear();
        byPartition.clear();
    }
}
