package io.catalogconnect.bigquery.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that wait to be sent, in the order of their offsets, with their size and age. */
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

    /** The first rows, at most so many, which stay. */
    List<Row> first(int most) {
        return rows.stream().limit(most).toList();
    }

    long bytes() {
        return bytes;
    }

    /** Whether an append may go now: nothing is under way, or one is full, or rows have waited long enough. */
    boolean worthSending(WriterSettings settings, boolean idle, long now) {
        return !rows.isEmpty()
                && (idle
                        || rows.size() >= settings.maxRequestRows()
                        || bytes >= settings.maxRequestBytes()
                        || now - oldestSince >= settings.linger().toMillis());
    }

    /** Drops the rows at or below a Kafka offset and tells how many. */
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
