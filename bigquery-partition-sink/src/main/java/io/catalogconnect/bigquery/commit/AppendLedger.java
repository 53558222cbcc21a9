package io.catalogconnect.bigquery.commit;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The appends under way on one stream, in order, each with the place in the stream that its rows were given. A place
 * once given is kept for as long as anyone might still work on a request that names it.
 */
final class AppendLedger {

    /** One append: rows, their place, and the answer when there is one. */
    static final class Entry {
        private final long streamOffset;
        private final RowFormat format;
        private final List<Row> rows;
        private final long bytes;
        private long deadline;
        private @Nullable CompletableFuture<AppendAnswer> answer;

        private Entry(long streamOffset, RowFormat format, List<Row> rows) {
            this.streamOffset = streamOffset;
            this.format = format;
            this.rows = rows;
            long sum = 0;
            for (Row row : rows) {
                sum += row.bytes().size();
            }
            this.bytes = sum;
        }

        long streamOffset() {
            return streamOffset;
        }

        long streamEnd() {
            return streamOffset + rows.size();
        }

        List<Row> rows() {
            return rows;
        }

        RowFormat format() {
            return format;
        }

        boolean answered() {
            return answer != null && answer.isDone();
        }

        boolean overdue(long now) {
            return !answered() && now > deadline;
        }

        /** The answer, or that there is none. */
        AppendAnswer answer() {
            return answer == null
                    ? new AppendAnswer.Unavailable("not sent")
                    : answer.getNow(new AppendAnswer.Unavailable("no answer in time"));
        }

        long bytes() {
            return bytes;
        }

        /** Sends the rows; {@code at} is their place, empty for wherever the stream ends. */
        void send(StreamConnection connection, OptionalLong at, long deadlineMillis, Runnable whenAnswered) {
            List<ByteString> encoded = new ArrayList<>(rows.size());
            for (Row row : rows) {
                encoded.add(row.bytes());
            }
            this.deadline = deadlineMillis;
            CompletableFuture<AppendAnswer> sent = connection.append(at, format, encoded);
            this.answer = sent;
            var unused = sent.thenRun(whenAnswered);
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long nextOffset;

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /** Where the next append goes: so many rows does the stream hold once all are settled. */
    long end() {
        return nextOffset;
    }

    @Nullable
    Entry first() {
        return entries.peekFirst();
    }

    Iterable<Entry> all() {
        return Collections.unmodifiableCollection(entries);
    }

    /** Gives rows the next place in the stream. */
    Entry place(RowFormat format, List<Row> rows) {
        Entry entry = new Entry(nextOffset, format, rows);
        nextOffset = entry.streamEnd();
        entries.addLast(entry);
        return entry;
    }

    /** The first append is durable. */
    void settleFirst() {
        entries.removeFirst();
    }

    boolean allAnswered() {
        return entries.stream().allMatch(Entry::answered);
    }

    boolean anyOverdue(long now) {
        return entries.stream().anyMatch(entry -> entry.overdue(now));
    }

    /**
     * Whether it is certain that none of the appends was written, and that nobody works on one any more: only then may
     * their rows be given other places in the same stream.
     */
    boolean noneWrittenForSure() {
        return entries.stream()
                .map(Entry::answer)
                .allMatch(answer -> answer instanceof AppendAnswer.RowsRefused
                        || answer instanceof AppendAnswer.AboveEnd
                        || answer instanceof AppendAnswer.SchemaUnknown
                        || answer instanceof AppendAnswer.Refused);
    }

    /** Takes all rows out, in order; the next append goes where the first of these would have gone. */
    List<Row> takeBack() {
        List<Row> rows = new ArrayList<>();
        Entry first = entries.peekFirst();
        if (first != null) {
            nextOffset = first.streamOffset();
        }
        entries.forEach(entry -> rows.addAll(entry.rows()));
        entries.clear();
        return rows;
    }

    /** Begins a stream that holds nothing yet. */
    void startOver() {
        if (!entries.isEmpty()) {
            throw new IllegalStateException(entries.size() + " appends are under way");
        }
        nextOffset = 0;
    }
}
