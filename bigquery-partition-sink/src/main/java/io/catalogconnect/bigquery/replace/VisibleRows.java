package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.LaneProgress;
import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
     * @param awaited rows that were not visible in the last check
     */
    private record Seen(long base, long highest, long rows, Optional<Awaited> awaited) {}

    /**
     * Rows before an end marker that are not visible yet.
     *
     * @param marker offset of the end marker
     * @param since when they were first missing
     */
    private record Awaited(long marker, LaneProgress rows, long since) {}

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
     * Whether queries see the rows that an owner had written when this was first asked for an end marker; false if not yet.
     * Rows that it writes later are not awaited: under load there are always some. Fails with
     * {@link ServiceRefusedException} after the time-out.
     *
     * @param held the owner's rows now, including all before the end marker
     * @param marker offset of the end marker
     */
    public CompletableFuture<Boolean> before(long marker, LaneProgress held) {
        Seen none = new Seen(held.baseOffset(), held.baseOffset(), 0, Optional.empty());
        Seen before = seen.getOrDefault(held.lane(), none);
        Seen last = before.base() == held.baseOffset() ? before : none;
        long now = clock.getAsLong();
        Awaited awaited = last.awaited()
                .filter(earlier -> earlier.marker() == marker)
                .orElseGet(() -> new Awaited(marker, held, now));
        long highest = awaited.rows().highestOffset();
        long rows = awaited.rows().rows();
        long wanted = rows - last.rows();
        if (wanted == 0) {
            return CompletableFuture.completedFuture(true);
        }
        return writtenOffsets.count(held.lane(), last.highest(), highest).thenApply(there -> {
            if (there >= wanted) {
                seen.put(held.lane(), new Seen(held.baseOffset(), highest, rows, Optional.empty()));
                return true;
            }
            seen.put(held.lane(), new Seen(last.base(), last.highest(), last.rows(), Optional.of(awaited)));
            if (now - awaited.since() >= timeout.toMillis()) {
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
