package io.catalogconnect.bigquery.commit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a lane over, in the only order that neither loses nor doubles a row: finalize the previous owner's stream, derive
 * the high-water mark from its row count and its checkpoints, create a stream, compare-and-set the registry to it. If the
 * stream were finalized later, or the mark read earlier, the previous owner could write rows above the mark. The rows in
 * the table decide nothing, because users may delete them.
 *
 * <p>After a failed attempt the next one starts from the beginning. This class keeps what must outlive an attempt: the
 * streams it proposed (a compare-and-set whose answer was lost may have succeeded), a stream that it created and did not
 * register, and the row counts of streams it finalized (the service may return them once). One attempt runs at a time, apart
 * from cancelled ones.
 */
final class TakeOver {

    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    /**
     * The last row of the previous owners.
     *
     * @param offset its Kafka offset
     * @param checkpoint the checkpoint that states it; empty if the offset was read from the table
     */
    private record Mark(long offset, Optional<Checkpoint> checkpoint) {}

    private final LaneKey lane;
    private final WriteStreams streams;
    private final TakeOverPorts ports;
    private final WriterSettings.TakeOvers limits;
    private final RecreatedTopicCheck recreatedTopic;
    private final Set<String> proposed = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> finalCounts = new ConcurrentHashMap<>();
    private volatile long waitingForRowsSince = -1;
    private volatile boolean everOwned;
    /** A stream that this object created and that is certainly not registered, or empty. */
    private final AtomicReference<String> unused = new AtomicReference<>("");

    private final AtomicLong startCheckpoints = new AtomicLong();
    private final AtomicInteger attempts = new AtomicInteger();
    /** The last change of the registry, which is withdrawn if it was not sent yet. */
    private volatile CompletableFuture<Boolean> claim = CompletableFuture.completedFuture(false);

    TakeOver(LaneKey lane, WriteStreams streams, TakeOverPorts ports, WriterSettings.TakeOvers limits) {
        this.lane = lane;
        this.streams = streams;
        this.ports = ports;
        this.limits = limits;
        this.recreatedTopic = new RecreatedTopicCheck(lane, ports.writtenOffsets());
    }

    /**
     * Makes one attempt. {@code waiting} are the first rows that will be written or skipped. The future fails with
     * {@link FencedException} if this task owned the lane and another one does now, or if another connector owns it and may
     * not be fenced, with {@link ServiceUnavailableException} if another attempt may succeed, else with {@link ServiceRefusedException}.
     */
    CompletableFuture<Ownership> attempt(List<Row> waiting, long now) {
        int number = attempts.incrementAndGet();
        return ports.registry().read(lane).thenCompose(current -> {
            checkNotCancelled(number);
            checkOwner(current);
            return fence(current)
                    .thenCompose(rowCount -> mark(current, rowCount, now)
                            .thenCompose(mark -> awaitVisibleRows(current, rowCount, mark, now))
                            .thenCompose(mark -> recreatedTopic
                                    .check(waiting, mark.offset(), mark.checkpoint())
                                    .thenCompose(offset -> {
                                        checkNotCancelled(number);
                                        return claim(current, offset, number, now);
                                    })));
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
        claim.cancel(false);
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

    /** Derives the high-water mark from the end of the finalized stream. */
    private CompletableFuture<Mark> mark(Registration current, OptionalLong rowCount, long now) {
        String stream = current.stream();
        if (stream.isEmpty()) {
            return markOfTable(current);
        }
        CompletableFuture<Optional<StreamEnd>> end = rowCount.isPresent()
                ? ports.checkpoints()
                        .storeEnd(stream, rowCount.getAsLong(), now)
                        .thenCompose(rows -> ports.checkpoints().end(stream))
                : ports.checkpoints().end(stream);
        return end.thenCompose(found -> {
            if (found.isEmpty() && rowCount.isPresent()) {
                throw new ServiceUnavailableException(
                        lane + ": queries do not see the end of stream " + stream + " yet", null);
            }
            Optional<Mark> mark = found.flatMap(known -> known.checkpoint()
                    .map(checkpoint -> new Mark(checkpoint.offsetAt(known.rows()), Optional.of(checkpoint))));
            return mark.map(CompletableFuture::completedFuture).orElseGet(() -> markOfTable(current));
        });
    }

    /**
     * The highest offset in the table. It decides only if nothing else is known: the lane is new, an operator reset it, its
     * stream expired, or an earlier version of this connector wrote the stream.
     */
    private CompletableFuture<Mark> markOfTable(Registration current) {
        return ports.writtenOffsets().highest(lane).thenApply(highest -> {
            if (!current.stream().isEmpty()) {
                LOG.warn(
                        "{}: the end of stream {} is unknown; continuing after offset {}, the highest in the table",
                        lane,
                        current.stream(),
                        highest);
            }
            return new Mark(highest, Optional.empty());
        });
    }

    /**
     * Waits until queries see the rows of the finalized stream, if the write mode needs that. Rows that have expired
     * stay missing, so the wait is limited.
     */
    private CompletableFuture<Mark> awaitVisibleRows(Registration current, OptionalLong rowCount, Mark mark, long now) {
        if (limits.visibilityTimeout().isZero() || rowCount.isEmpty()) {
            return CompletableFuture.completedFuture(mark);
        }
        return ports.writtenOffsets()
                .count(lane, current.baseOffset(), mark.offset())
                .thenApply(seen -> {
                    if (seen >= rowCount.getAsLong()) {
                        waitingForRowsSince = -1;
                        return mark;
                    }
                    if (waitingForRowsSince < 0) {
                        waitingForRowsSince = now;
                    }
                    String missing = lane + ": stream " + current.stream() + " has " + rowCount.getAsLong()
                            + " rows, of which queries see " + seen;
                    if (now - waitingForRowsSince < limits.visibilityTimeout().toMillis()) {
                        throw new ServiceUnavailableException(missing + "; waiting for the rest", null);
                    }
                    LOG.warn("{}; continuing, because rows of this table expire", missing);
                    return mark;
                });
    }

    private CompletableFuture<Ownership> claim(Registration current, long mark, int number, long now) {
        return emptyStream().thenCompose(stream -> {
            // If an earlier attempt stored a checkpoint of this stream, the one with the higher number counts.
            Checkpoint start =
                    new Checkpoint(stream, startCheckpoints.getAndIncrement(), 0, mark, Row.NO_TIMESTAMP, now);
            return ports.checkpoints()
                    .store(start)
                    .thenAccept(stored -> checkNotCancelled(number))
                    .whenComplete((ready, failure) -> {
                        if (failure != null) {
                            unused.set(stream);
                        }
                    })
                    .thenCompose(ready -> register(current, start));
        });
    }

    private CompletableFuture<String> emptyStream() {
        String stream = unused.getAndSet("");
        return stream.isEmpty() ? streams.create(lane.table()) : CompletableFuture.completedFuture(stream);
    }

    private CompletableFuture<Ownership> register(Registration current, Checkpoint start) {
        Registration next = current.succeededBy(lane.connector(), start.stream(), start.kafkaOffset());
        proposed.add(start.stream());
        CompletableFuture<Boolean> replaced = ports.registry().replace(lane, current, next);
        claim = replaced;
        return replaced.thenApply(won -> {
            if (!won) {
                unused.set(start.stream());
                throw new ServiceUnavailableException(
                        lane + ": epoch " + current.epoch() + " was replaced by another owner", null);
            }
            everOwned = true;
            return new Ownership(next, start);
        });
    }
}
