package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.table.MetaColumns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a lane ours, in the only order that neither loses nor doubles a row: finalize the previous owner's stream, then
 * read the high-water mark, then make a stream, then compare-and-set the registry to it. Finalizing later, or reading
 * the mark earlier, lets rows of the previous owner slip in above the mark.
 *
 * <p>Rows up to the mark are left out as written before, which is right only if they are the same records. Kafka numbers
 * the records of a topic that is deleted and made again from 0; their timestamps give them away.
 *
 * <p>An attempt that fails is followed by another from the start. What must outlive an attempt is kept here: the
 * streams we proposed (a compare-and-set whose answer was lost may have won), and the row counts of streams we closed
 * (the service tells them once). One attempt runs at a time, save for those given up on.
 */
final class TakeOver {

    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    private final LaneKey lane;
    private final WriteStreams streams;
    private final StreamRegistry registry;
    private final WrittenOffsets writtenOffsets;
    private final Duration visibilityTimeout;
    private final boolean rowsExpire;
    private final Set<String> proposed = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> finalCounts = new ConcurrentHashMap<>();
    private volatile long waitingForRowsSince = -1;
    private volatile boolean everOwned;
    private final AtomicInteger attempts = new AtomicInteger();

    TakeOver(
            LaneKey lane,
            WriteStreams streams,
            StreamRegistry registry,
            WrittenOffsets writtenOffsets,
            Duration visibilityTimeout,
            boolean rowsExpire) {
        this.lane = lane;
        this.streams = streams;
        this.registry = registry;
        this.writtenOffsets = writtenOffsets;
        this.visibilityTimeout = visibilityTimeout;
        this.rowsExpire = rowsExpire;
    }

    /**
     * Tries once. {@code waiting} are the first rows that will be written, or left out. The future fails with
     * {@link FencedException} if we owned the lane and somebody else does now, with {@link ServiceUnavailableException} if
     * another attempt may do it, else with {@link ServiceRefusedException}.
     */
    CompletableFuture<Ownership> attempt(List<Row> waiting, long now) {
        int number = attempts.incrementAndGet();
        return registry.read(lane).thenCompose(current -> {
            checkStillWanted(number);
            if (everOwned && !proposed.contains(current.stream())) {
                throw new FencedException(lane, current);
            }
            return fence(current)
                    .thenCompose(rowCount -> writtenOffsets
                            .written(lane, current.baseOffset())
                            .thenApply(written -> highWaterMark(current, rowCount, written, now)))
                    .thenCompose(mark -> sameRecords(waiting, mark))
                    .thenCompose(mark -> {
                        checkStillWanted(number);
                        return claim(current, mark, number);
                    });
        });
    }

    /** Ends attempts under way at their next step, so that they do not take the lane from whoever got it after us. */
    void giveUp() {
        attempts.incrementAndGet();
    }

    private void checkStillWanted(int number) {
        if (attempts.get() != number) {
            throw new ServiceUnavailableException(lane + ": this attempt was given up", null);
        }
    }

    private CompletableFuture<OptionalLong> fence(Registration current) {
        String stream = current.stream();
        if (stream.isEmpty()) {
            return CompletableFuture.completedFuture(OptionalLong.empty());
        }
        return streams.finalizeStream(stream).thenApply(closed -> {
            closed.rowCount().ifPresent(count -> finalCounts.put(stream, count));
            Long known = finalCounts.get(stream);
            return known == null ? OptionalLong.empty() : OptionalLong.of(known);
        });
    }

    private long highWaterMark(Registration current, OptionalLong rowCount, WrittenRows written, long now) {
        if (rowCount.isEmpty() || written.rowsAboveBase() >= rowCount.getAsLong()) {
            waitingForRowsSince = -1;
            return written.highestOffset();
        }
        if (waitingForRowsSince < 0) {
            waitingForRowsSince = now;
        }
        String seen = lane + ": stream " + current.stream() + " took " + rowCount.getAsLong() + " rows, of which "
                + written.rowsAboveBase() + " are to be seen above offset " + current.baseOffset();
        if (now - waitingForRowsSince < visibilityTimeout.toMillis()) {
            throw new ServiceUnavailableException(seen + "; waiting for the rest", null);
        }
        if (rowsExpire) {
            LOG.warn("{}; going on, because rows of this table expire, and what is seen late is seen by now", seen);
            return written.highestOffset();
        }
        throw new ServiceRefusedException(
                seen + " after " + visibilityTimeout.toSeconds()
                        + " s. Going on could write rows twice. If rows of this table were deleted on purpose, set this"
                        + " lane's stream to '' in the registry table and restart the task.",
                null);
    }

    /** Fails if rows that are about to be left out are not those that the table has; else the mark again. */
    private CompletableFuture<Long> sameRecords(List<Row> waiting, long mark) {
        List<Row> leftOut = waiting.stream()
                .filter(row -> row.offset() <= mark && row.timestamp() != Row.NO_TIMESTAMP)
                .toList();
        if (leftOut.isEmpty()) {
            return CompletableFuture.completedFuture(mark);
        }
        return writtenOffsets
                .timestamps(lane, leftOut.stream().map(Row::offset).toList())
                .thenApply(stored -> {
                    for (Row row : leftOut) {
                        long there = stored.getOrDefault(row.offset(), row.timestamp());
                        if (there != row.timestamp()) {
                            throw new ServiceRefusedException(anotherTopic(row, there, mark), null);
                        }
                    }
                    return mark;
                });
    }

    private String anotherTopic(Row row, long there, long mark) {
        return lane + ": the record at offset " + row.offset() + " is of " + Instant.ofEpochMilli(row.timestamp())
                + ", and the table's row of that offset of " + Instant.ofEpochMilli(there)
                + ": the topic was deleted and made again. Its records up to offset " + mark
                + " would be taken for written. Send the topic to another table, or delete the rows of the old topic (where "
                + MetaColumns.TOPIC + " = '" + lane.topic() + "' AND " + MetaColumns.PARTITION + " = "
                + lane.partition()
                + ") and set this lane's stream to '' in the registry table; then restart the task.";
    }

    private CompletableFuture<Ownership> claim(Registration current, long mark, int number) {
        return streams.create(lane.table()).thenCompose(stream -> {
            checkStillWanted(number);
            Registration next = current.succeededBy(stream, mark);
            proposed.add(stream);
            return registry.replace(lane, current, next).thenApply(won -> {
                if (!won) {
                    throw new ServiceUnavailableException(
                            lane + ": epoch " + current.epoch() + " was followed by another task's", null);
                }
                everOwned = true;
                return new Ownership(next, mark);
            });
        });
    }
}
