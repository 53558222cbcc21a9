package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.table.MetaColumns;
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
 * Takes a lane over, in the only order that neither loses nor doubles a row: finalize the previous owner's stream, read
 * the high-water mark, create a stream, compare-and-set the registry to it. If the stream were finalized later, or the
 * mark read earlier, the previous owner could write rows above the mark.
 *
 * <p>Rows up to the mark are skipped because they are in the table, which is right only if they are the same records.
 * Kafka numbers the records of a recreated topic from 0; the take-over detects them by their timestamps.
 *
 * <p>After a failed attempt the next one starts from the beginning. This class keeps what must outlive an attempt: the
 * streams it proposed (a compare-and-set whose answer was lost may have succeeded), and the row counts of streams it
 * finalized (the service returns them once). One attempt runs at a time, apart from cancelled ones.
 */
final class TakeOver {

    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    private final LaneKey lane;
    private final WriteStreams streams;
    private final StreamRegistry registry;
    private final WrittenOffsets writtenOffsets;
    private final WriterSettings.TakeOvers limits;
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
            WriterSettings.TakeOvers limits) {
        this.lane = lane;
        this.streams = streams;
        this.registry = registry;
        this.writtenOffsets = writtenOffsets;
        this.limits = limits;
    }

    /**
     * Makes one attempt. {@code waiting} are the first rows that will be written or skipped. The future fails with
     * {@link FencedException} if this task owned the lane and another one does now, or if another connector owns it and may
     * not be fenced, with {@link ServiceUnavailableException} if another attempt may succeed, else with {@link ServiceRefusedException}.
     */
    CompletableFuture<Ownership> attempt(List<Row> waiting, long now) {
        int number = attempts.incrementAndGet();
        return registry.read(lane).thenCompose(current -> {
            checkNotCancelled(number);
            checkOwner(current);
            return fence(current)
                    .thenCompose(rowCount -> writtenOffsets
                            .written(lane, current.baseOffset())
                            .thenApply(written -> highWaterMark(current, rowCount, written, now)))
                    .thenCompose(mark -> sameRecords(waiting, mark))
                    .thenCompose(mark -> {
                        checkNotCancelled(number);
                        return claim(current, mark, number);
                    });
        });
    }

    /**
     * Checks that this task may take the lane over from its owner. A connector that was fenced never fences back, so that
     * two connectors do not take a lane from each other without end.
     *
     * @throws FencedException if it may not
     */
    private void checkOwner(Registration current) {
        if (everOwned && !proposed.contains(current.stream())) {
            throw FencedException.takenOver(lane, current);
        }
        if (!current.belongsToOther(lane.connector())) {
            return;
        }
        if (current.fenced().contains(lane.connector())) {
            throw FencedException.fencedBefore(lane, current);
        }
        if (limits.otherConnectors() == WriterSettings.OtherConnectors.FAIL) {
            throw FencedException.ownedByOther(lane, current);
        }
        LOG.warn(
                "{}: fencing connector {}, which writes stream {} in epoch {}",
                lane,
                current.connector(),
                current.stream(),
                current.epoch());
    }

    /** Cancels running attempts before their next call, so that they do not take the lane from a later owner. */
    void cancel() {
        attempts.incrementAndGet();
    }

    private void checkNotCancelled(int number) {
        if (attempts.get() != number) {
            throw new ServiceUnavailableException(lane + ": this attempt was cancelled", null);
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
        String seen = lane + ": stream " + current.stream() + " took " + rowCount.getAsLong()
                + " rows, of which queries see " + written.rowsAboveBase() + " above offset " + current.baseOffset();
        if (now - waitingForRowsSince < limits.visibilityTimeout().toMillis()) {
            throw new ServiceUnavailableException(seen + "; waiting for the rest", null);
        }
        if (limits.rowsExpire()) {
            LOG.warn("{}; continuing, because rows of this table expire", seen);
            return written.highestOffset();
        }
        throw new ServiceRefusedException(
                seen + " after " + limits.visibilityTimeout().toSeconds()
                        + " s. To continue could write rows twice. If rows of this table were deleted intentionally, set"
                        + " this lane's stream to '' in the registry table and restart the task.",
                null);
    }

    /** Returns the mark, or fails if the rows to skip are not the records that the table contains. */
    private CompletableFuture<Long> sameRecords(List<Row> waiting, long mark) {
        List<Row> skipped = waiting.stream()
                .filter(row -> row.offset() <= mark && row.timestamp() != Row.NO_TIMESTAMP)
                .toList();
        if (skipped.isEmpty()) {
            return CompletableFuture.completedFuture(mark);
        }
        return writtenOffsets
                .timestamps(lane, skipped.stream().map(Row::offset).toList())
                .thenApply(stored -> {
                    for (Row row : skipped) {
                        long there = stored.getOrDefault(row.offset(), row.timestamp());
                        if (there != row.timestamp()) {
                            throw new ServiceRefusedException(topicRecreated(row, there, mark), null);
                        }
                    }
                    return mark;
                });
    }

    private String topicRecreated(Row row, long there, long mark) {
        return lane + ": the record at offset " + row.offset() + " has the timestamp "
                + Instant.ofEpochMilli(row.timestamp()) + ", and the table's row of that offset has "
                + Instant.ofEpochMilli(there) + ": the topic was recreated. Records up to offset " + mark
                + " would be skipped as already written. Send the topic to another table, or delete the rows of the old"
                + " topic (where " + MetaColumns.TOPIC + " = '" + lane.topic() + "' AND " + MetaColumns.PARTITION
                + " = "
                + lane.partition()
                + ") and set this lane's stream to '' in the registry table; then restart the task.";
    }

    private CompletableFuture<Ownership> claim(Registration current, long mark, int number) {
        return streams.create(lane.table()).thenCompose(stream -> {
            checkNotCancelled(number);
            Registration next = current.succeededBy(lane.connector(), stream, mark);
            proposed.add(stream);
            return registry.replace(lane, current, next).thenApply(won -> {
                if (!won) {
                    throw new ServiceUnavailableException(
                            lane + ": epoch " + current.epoch() + " was replaced by another owner", null);
                }
                everOwned = true;
                return new Ownership(next, mark);
            });
        });
    }
}
