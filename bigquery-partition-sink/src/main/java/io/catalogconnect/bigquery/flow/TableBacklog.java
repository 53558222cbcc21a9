package io.catalogconnect.bigquery.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Records that wait until the columns of their table are read: the first one of each schema, those without a schema whose fields
 * have no types yet, and the records of the table after them. Used by the task's thread only.
 */
final class TableBacklog {

    /** Nominal size of a record, whose row is not encoded yet. */
    private static final long RECORD_BYTES = 1_000;

    /**
     * A record.
     *
     * @param table the table that users query; rows may be appended to its history
     */
    record Waiting(TopicPartition from, String table, SinkRecord record) {}

    private final Map<String, List<Waiting>> byTable = new LinkedHashMap<>();
    private long size;

    /** Whether records wait for a table that rows are appended to. */
    boolean holds(String appendTable) {
        return byTable.containsKey(appendTable);
    }

    void add(String appendTable, Waiting waiting) {
        byTable.computeIfAbsent(appendTable, table -> new ArrayList<>()).add(waiting);
        size++;
    }

    /** The tables whose columns must be read. */
    List<String> tables() {
        return List.copyOf(byTable.keySet());
    }

    /** Removes the records of a table, in the order in which they were added. */
    List<Waiting> take(String appendTable) {
        List<Waiting> taken = byTable.remove(appendTable);
        if (taken == null) {
            return List.of();
        }
        size -= taken.size();
        return taken;
    }

    /** Removes the records of a revoked partition. */
    void close(TopicPartition partition) {
        byTable.values().forEach(waiting -> {
            int before = waiting.size();
            waiting.removeIf(each -> each.from().equals(partition));
            size -= before - waiting.size();
        });
    }

    /** The first offset of a partition that waits, or {@link Long#MAX_VALUE}. */
    long firstUnsettled(TopicPartition partition) {
        return byTable.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.from().equals(partition))
                .mapToLong(each -> each.record().originalKafkaOffset())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    long bytes() {
        return size * RECORD_BYTES;
    }
}
