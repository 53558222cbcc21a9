package io.catalogconnect.bigquery.commit;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Write streams that are created at a limited rate. A short burst is not delayed, so a single lane never waits. BigQuery
 * answers slowly to tasks that create many streams at once, and limits the number of streams per hour. Thread-safe.
 */
public final class PacedStreams implements WriteStreams {

    private static final long MILLIS_PER_SECOND = 1_000;

    private final WriteStreams streams;
    private final double perSecond;
    private final Batch.Timer timer;
    private final Clock clock;
    /** Creations that are counted against the limit, as of {@link #countedAt}. */
    private double counted;

    private long countedAt;
    private int waiting;

    /** @param perSecond maximum number of streams that are created per second, and size of a burst if it is above 1 */
    public PacedStreams(WriteStreams streams, double perSecond, Batch.Timer timer, Clock clock) {
        this.streams = streams;
        this.perSecond = perSecond;
        this.timer = timer;
        this.clock = clock;
        this.countedAt = clock.millis();
    }

    /** Whether streams wait for their creation. */
    public synchronized boolean isPacing() {
        return waiting > 0;
    }

    @Override
    public CompletableFuture<String> create(String table) {
        long delay = delayMillis();
        if (delay == 0) {
            return streams.create(table);
        }
        CompletableFuture<String> created = new CompletableFuture<>();
        timer.after(Duration.ofMillis(delay), () -> {
            leave();
            var unused = streams.create(table).whenComplete((stream, failure) -> {
                if (failure == null) {
                    created.complete(stream);
                } else {
                    created.completeExceptionally(failure);
                }
            });
        });
        return created;
    }

    private synchronized long delayMillis() {
        long now = clock.millis();
        double burst = Math.max(1, perSecond);
        counted = Math.max(0, counted - (now - countedAt) * perSecond / MILLIS_PER_SECOND) + 1;
        countedAt = now;
        if (counted <= burst) {
            return 0;
        }
        waiting++;
        return (long) Math.ceil((counted - burst) * MILLIS_PER_SECOND / perSecond);
    }

    private synchronized void leave() {
        waiting--;
    }

    @Override
    public String defaultStream(String table) {
        return streams.defaultStream(table);
    }

    @Override
    public CompletableFuture<FinalizedStream> finalizeStream(String stream) {
        return streams.finalizeStream(stream);
    }

    @Override
    public StreamConnection connect(String stream) {
        return streams.connect(stream);
    }
}
