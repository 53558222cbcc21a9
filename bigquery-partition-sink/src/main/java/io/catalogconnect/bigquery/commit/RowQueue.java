package io.catalogconnect.bigquery.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows waiting to be sent, in the order of their offsets, with their size and age. */
final class RowQueue {

    private final Deque<Row> rows = new ArrayDeque<>();
    private long bytes;
    private long oldestSince;

    void addLast(Row row, long now) {
        if (rows.isEmpty()) {
            oldestSince = now;
        }
        rows.addLast(row);
        bytes += row.bytes().size();
    }

    /** Puts rows that were taken back at the front, in the order given. */
    void putBack(List<Row> taken) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            rows.addFirst(taken.get(i));
            bytes += taken.get(i).bytes().size();
        }
    }

    @Nullable
    Row peek() {
        return rows.peekFirst();
    }

    /** Up to {@code most} of the first rows, which stay. */
    List<Row> first(int most) {
        return rows.stream().limit(most).toList();
    }

    long bytes() {
        return bytes;
    }

    /** Whether to send an append now: none is in flight, or one is full, or a row has waited for the linger time. */
    boolean worthSending(WriterSettings.Appends limits, boolean idle, long now) {
        return !rows.isEmpty()
                && (idle
                        || rows.size() >= limits.maxRows()
                        || bytes >= limits.maxBytes()
                        || now - oldestSince >= limits.linger().toMillis());
    }

    /** Drops the rows at or below a Kafka offset and returns how many. */
    int dropUpTo(long offset) {
        int dropped = 0;
        Row first = rows.peekFirst();
        while (first != null && first.offset() <= offset) {
            rows.removeFirst();
            bytes -= first.bytes().size();
            dropped++;
            first = rows.peekFirst();
        }
        return dropped;
    }

    /** Takes the first rows, all of one format, within the limits; at least one. */
    List<Row> take(int maxRows, long maxBytes) {
        List<Row> taken = new ArrayList<>(Math.min(maxRows, rows.size()));
        long takenBytes = 0;
        Row next = rows.peekFirst();
        RowFormat format = next == null ? null : next.format();
        while (next != null
                && next.format() == format
                && taken.size() < maxRows
                && (taken.isEmpty() || takenBytes + next.bytes().size() <= maxBytes)) {
            taken.add(rows.removeFirst());
            takenBytes += next.bytes().size();
            next = rows.peekFirst();
        }
        bytes -= takenBytes;
        return taken;
    }
}
