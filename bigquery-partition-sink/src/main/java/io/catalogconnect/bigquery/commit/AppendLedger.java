package io.catalogconnect.bigquery.commit;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Appends in flight on one stream, in order, each with its stream offset. An append keeps its offset for as long as the
 * service might still process a request that names it.
 */
final class AppendLedger {

    /** One append: rows, stream offset, and the answer once it arrived. It is prepared, then sent. */
    static final class Entry {
        private final long streamOffset;
        private final RowFormat format;
        private final List<Row> rows;
        private final long bytes;
        private long deadline;
        private @Nullable CompletableFuture<?> prepared;
        private @Nullable CompletableFuture<AppendAnswer> answer;
        private boolean wasSentBefore;

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

        /** Whether the answer arrived, or the preparation failed. */
        boolean answered() {
            return answer == null ? prepared != null && prepared.isCompletedExceptionally() : answer.isDone();
        }

        boolean isSent() {
            return answer != null;
        }

        /** Whether the append may be sent. */
        boolean isPrepared() {
            return prepared != null && prepared.isDone() && !prepared.isCompletedExceptionally();
        }

        boolean overdue(long now) {
            return !answered() && now > deadline;
        }

        AppendAnswer.Fate fate() {
            if (isSent()) {
                return answer().fate(streamEnd());
            }
            return wasSentBefore ? AppendAnswer.Fate.UNKNOWN : AppendAnswer.Fate.NOT_WRITTEN;
        }

        /** The answer; an append without one counts as unavailable. */
        AppendAnswer answer() {
            return answer == null
                    ? failedPreparation()
                    : answer.getNow(new AppendAnswer.Unavailable("no answer in time"));
        }

        private AppendAnswer failedPreparation() {
            if (prepared == null || !prepared.isCompletedExceptionally()) {
                return new AppendAnswer.Unavailable("not sent");
            }
            Throwable failure = prepared.handle((done, thrown) -> thrown).join();
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause instanceof ServiceRefusedException
                    ? new AppendAnswer.Refused(String.valueOf(cause.getMessage()))
                    : new AppendAnswer.Unavailable(String.valueOf(cause.getMessage()));
        }

        long bytes() {
            return bytes;
        }

        /** Waits for the preparation, for the first time or again. */
        void prepare(CompletableFuture<?> preparation, long deadlineMillis, Runnable whenDone) {
            awaitSending(deadlineMillis);
            this.prepared = preparation;
            var unused = preparation.whenComplete((done, failure) -> whenDone.run());
        }

        /** Waits until it is sent, for the first time or again. */
        void awaitSending(long deadlineMillis) {
            this.deadline = deadlineMillis;
            this.wasSentBefore |= isSent();
            this.answer = null;
        }

        /** Sends the rows; {@code at} is their stream offset, empty for the stream's end. */
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
    private final Collection<Entry> all = Collections.unmodifiableCollection(entries);
    private long nextOffset;

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /** Number of rows in the stream that are settled: the rows before the first append in flight. */
    long settledRows() {
        Entry first = entries.peekFirst();
        return first == null ? nextOffset : first.streamOffset();
    }

    @Nullable
    Entry first() {
        return entries.peekFirst();
    }

    Iterable<Entry> all() {
        return all;
    }

    /** Assigns the next stream offset to rows. */
    Entry place(RowFormat format, List<Row> rows) {
        Entry entry = new Entry(nextOffset, format, rows);
        nextOffset = entry.streamEnd();
        entries.addLast(entry);
        return entry;
    }

    /** Removes the first append. */
    void settleFirst() {
        entries.removeFirst();
    }

    /** Whether no append is sent and not answered. */
    boolean allAnswered() {
        return entries.stream().allMatch(entry -> !entry.isSent() || entry.answered());
    }

    boolean anyOverdue(long now) {
        return entries.stream().anyMatch(entry -> entry.overdue(now));
    }

    /**
     * Whether the service has processed every append and written none: only then may their rows get other offsets in the
     * same stream.
     */
    boolean noneWrittenForSure() {
        return entries.stream().allMatch(entry -> entry.fate() == AppendAnswer.Fate.NOT_WRITTEN);
    }

    /** Removes all appends and returns their rows in order; the next append gets the first one's offset. */
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

    /** Starts with an empty stream. */
    void startOver() {
        if (!entries.isEmpty()) {
            throw new IllegalStateException(entries.size() + " appends are in flight");
        }
        nextOffset = 0;
    }
}
