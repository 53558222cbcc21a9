package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.LaneProgress;
import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Checks whether queries see the rows that the owners of lanes have written. Each row is counted once: rows that were seen may
 * expire. Rows that arrive during a count are not counted with it, or they would stand in for a row that is not visible yet.
 * Thread-safe.
 */
public final class VisibleRows {

    /**
     * Visible rows of a lane.
     *
     * @param base base offset of the owner, which identifies it
     * @param highest highest Kafka offset that was counted
     * @param rows number of this owner's rows that were counted
     * @param waitingSince when rows were first missing, 0 if none are
     */
    private record Seen(long base, long highest, long rows, long waitingSince) {}

    private final WrittenOffsets writtenOffsets;
    private final Duration timeout;
    private final LongSupplier clock;
    private final Map<LaneKey, Seen> seen = new ConcurrentHashMap<>();

    /**
     * @param timeout after which missing rows count as lost
     * @param clock current time in milliseconds
     */
    public VisibleRows(WrittenOffsets writtenOffsets, Duration timeout, LongSupplier clock) {
        this.writtenOffsets = writtenOffsets;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Whether queries see all of an owner's rows; false if not yet. Fails with {@link ServiceRefusedException} after the
     * time-out.
     */
    public CompletableFuture<Boolean> all(LaneProgress held) {
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
                                held.lane() + ": queries see " + there + " of " + wanted + " rows above offset "
                                        + last.highest() + " after " + timeout.toSeconds()
                                        + " s. No version is published without its rows. If rows of the history were"
                                        + " deleted, restart the task and have the source read the object again.",
                                null);
                    }
                    return false;
                });
    }
}
