package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.Holding;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Whether queries see what the owners of lanes have written. Each row is counted once: rows that were seen may expire. Rows
 * that come while others are counted are none of theirs, or they would stand in for one that is not seen yet. Thread-safe.
 */
public final class VisibleRows {

    /**
     * How far a lane was seen.
     *
     * @param base tells the owner's time from others
     * @param highest up to which Kafka offset
     * @param rows how many rows of this owner
     * @param waitingSince when the next were missing first, 0 if they were not
     */
    private record Seen(long base, long highest, long rows, long waitingSince) {}

    private final WrittenOffsets writtenOffsets;
    private final Duration timeout;
    private final LongSupplier clock;
    private final Map<LaneKey, Seen> seen = new ConcurrentHashMap<>();

    /**
     * @param timeout after which rows that are not seen are taken for lost
     * @param clock tells milliseconds
     */
    public VisibleRows(WrittenOffsets writtenOffsets, Duration timeout, LongSupplier clock) {
        this.writtenOffsets = writtenOffsets;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Whether all of an owner's rows are seen; false to be asked again later. Fails with {@link ServiceRefusedException} when
     * they are not for too long.
     */
    public CompletableFuture<Boolean> all(Holding held) {
        Seen none = new Seen(held.baseOffset(), held.baseOffset(), 0, 0);
        Seen before = seen.getOrDefault(held.lane(), none);
        Seen last = before.base() == held.baseOffset() ? before : none;
        long wanted = held.rows() - last.rows();
        if (wanted == 0) {
            return CompletableFuture.completedFuture(true);
        }
        long now = clock.getAsLong();
        return writtenOffsets
                .count(held.lane(), last.highest(), held.highestOffset())
                .thenApply(there -> {
                    if (there >= wanted) {
                        seen.put(held.lane(), new Seen(held.baseOffset(), held.highestOffset(), held.rows(), 0));
                        return true;
                    }
                    long since = last.waitingSince() == 0 ? now : last.waitingSince();
                    seen.put(held.lane(), new Seen(last.base(), last.highest(), last.rows(), since));
                    if (now - since >= timeout.toMillis()) {
                        throw new ServiceRefusedException(
                                held.lane() + ": of " + wanted + " rows above offset " + last.highest() + " only "
                                        + there + " are to be seen after " + timeout.toSeconds()
                                        + " s. Nothing is shown without them. Were rows of the history deleted? Then"
                                        + " restart the task, and have the source read the object again.",
                                null);
                    }
                    return false;
                });
    }
}
