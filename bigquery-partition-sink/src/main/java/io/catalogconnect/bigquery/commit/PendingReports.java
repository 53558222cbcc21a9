package io.catalogconnect.bigquery.commit;

import java.util.TreeMap;

/** Reports that are not stored yet, by the Kafka offsets of their records, with the size of what they retain. */
public final class PendingReports {

    private record Pending(PendingReport report, long bytes) {}

    private final TreeMap<Long, Pending> byOffset = new TreeMap<>();
    private long bytes;

    /**
     * Adds the report of the record at an offset that has none yet.
     *
     * @param size bytes that are retained until the record is stored
     */
    public void add(long offset, long size, PendingReport report) {
        byOffset.put(offset, new Pending(report, size));
        bytes += size;
    }

    public boolean isEmpty() {
        return byOffset.isEmpty();
    }

    /** The lowest Kafka offset whose record is not stored, or {@link Long#MAX_VALUE}. */
    public long firstOffset() {
        return byOffset.isEmpty() ? Long.MAX_VALUE : byOffset.firstKey();
    }

    /** Bytes that the records retain until they are stored. */
    public long bytes() {
        return bytes;
    }

    /**
     * Removes the reports whose records are stored.
     *
     * @throws RuntimeException the failure of a report, which stays and fails every later call
     */
    public void settle() {
        byOffset.values().removeIf(each -> {
            boolean stored = each.report().isStored();
            bytes -= stored ? each.bytes() : 0;
            return stored;
        });
    }
}
