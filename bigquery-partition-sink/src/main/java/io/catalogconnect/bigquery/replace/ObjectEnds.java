package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * End markers that are not settled: their versions are not published yet. No method blocks; all calls come from one thread;
 * {@link #advance} throws the exceptions that stop the task.
 */
public final class ObjectEnds {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectEnds.class);

    /** Maximum units with a call in flight: a call that waits long for a thread would count as lost. */
    static final int MAX_CALLS = 8;

    private enum Stage {
        /** The rows before the marker are not settled. */
        ROWS_UNSETTLED,
        /** Queries may not see the rows yet. */
        ROWS_INVISIBLE,
        /** The version is being recorded as complete. */
        COMPLETING,
        /** The version is complete and waits for its publication. */
        PUBLISHING
    }

    private record Place(String topic, int partition) {}

    private static final class End {
        private final ObjectVersion version;
        private Stage stage = Stage.ROWS_UNSETTLED;
        private @Nullable CompletableFuture<Boolean> work;
        private long deadline;
        private long notBefore;
        private int failures;

        private End(ObjectVersion version) {
            this.version = version;
        }
    }

    private final RowsBefore rowsBefore;
    private final ReplaceContext context;
    private final Map<Place, Deque<End>> ends = new LinkedHashMap<>();
    private final Map<UnitKey, UnitPublisher> publishers = new LinkedHashMap<>();

    public ObjectEnds(RowsBefore rowsBefore, ReplaceContext context) {
        this.rowsBefore = rowsBefore;
        this.context = context;
    }

    /** Adds the version of an end marker; those of one topic partition in the order of their offsets. */
    public void add(ObjectVersion version) {
        ends.computeIfAbsent(new Place(version.topic(), version.partition()), place -> new ArrayDeque<>())
                .addLast(new End(version));
    }

    /** Forgets the end markers of a revoked topic partition. */
    public void close(String topic, int partition) {
        Deque<End> closed = ends.remove(new Place(topic, partition));
        if (closed != null) {
            for (End end : closed) {
                UnitPublisher publisher = publishers.get(end.version.unit());
                if (publisher != null) {
                    publisher.forget(end.version);
                }
            }
        }
    }

    /** Does what can be done now. */
    public void advance(long now) {
        for (Deque<End> queue : ends.values()) {
            boolean moved = true;
            while (moved) {
                End next = firstIncomplete(queue);
                moved = next != null && advance(next, now);
            }
        }
        int calling = (int)
                publishers.values().stream().filter(UnitPublisher::isCalling).count();
        for (Iterator<UnitPublisher> each = publishers.values().iterator(); each.hasNext(); ) {
            UnitPublisher publisher = each.next();
            calling -= publisher.isCalling() ? 1 : 0;
            publisher.advance(now, calling < MAX_CALLS);
            calling += publisher.isCalling() ? 1 : 0;
            if (publisher.isIdle()) {
                each.remove();
            }
        }
        ends.values().forEach(queue -> queue.removeIf(this::isPublished));
        ends.values().removeIf(Deque::isEmpty);
    }

    /** The lowest offset of an unsettled end marker, or {@link Long#MAX_VALUE}. */
    public long firstUnsettled(String topic, int partition) {
        Deque<End> queue = ends.get(new Place(topic, partition));
        End first = queue == null ? null : queue.peekFirst();
        return first == null ? Long.MAX_VALUE : first.version.offset();
    }

    /** Number of unsettled end markers. */
    public int waiting() {
        return ends.values().stream().mapToInt(Deque::size).sum();
    }

    private boolean isPublished(End end) {
        UnitPublisher publisher = publishers.get(end.version.unit());
        return end.stage == Stage.PUBLISHING && (publisher == null || !publisher.waitsFor(end.version));
    }

    /** Versions of a partition are completed in order, but may be published in any order. */
    private static @Nullable End firstIncomplete(Deque<End> queue) {
        for (End end : queue) {
            if (end.stage != Stage.PUBLISHING) {
                return end;
            }
        }
        return null;
    }

    private boolean advance(End end, long now) {
        if (now < end.notBefore) {
            return false;
        }
        if (end.stage == Stage.ROWS_UNSETTLED) {
            if (!rowsBefore.settled(end.version)) {
                return false;
            }
            return begin(end, Stage.ROWS_INVISIBLE, rowsBefore.visible(end.version), now);
        }
        CompletableFuture<Boolean> work = end.work;
        if (work == null || (!work.isDone() && now <= end.deadline)) {
            return false;
        }
        if (!work.isDone()) {
            return retry(
                    end,
                    now,
                    "no answer in " + context.settings().attemptTimeout().toMillis() + " ms");
        }
        try {
            if (!work.join()) {
                return retry(end, now, "queries do not see all of its rows yet");
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof ServiceUnavailableException unavailable) {
                return retry(end, now, String.valueOf(unavailable.getMessage()));
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        if (end.stage == Stage.ROWS_INVISIBLE) {
            return begin(end, Stage.COMPLETING, complete(end.version), now);
        }
        end.stage = Stage.PUBLISHING;
        end.work = null;
        LOG.info("{}: {} is complete in the history of {}", context.connector(), end.version, end.version.unit());
        publishers.computeIfAbsent(end.version.unit(), this::publisher).await(end.version);
        return true;
    }

    /** Records a version as complete, or fails if not all of its rows arrived. */
    private CompletableFuture<Boolean> complete(ObjectVersion version) {
        long minimum = context.settings().minimumRows(version);
        return context.ledger().complete(version, minimum).thenApply(rows -> {
            if (rows < minimum) {
                throw new ServiceRefusedException(
                        context.connector() + ": " + version + ": " + rows + " of " + minimum
                                + " rows arrived in the history"
                                + " of " + version.unit()
                                + ". The version is not published, and the table is unchanged. Rows"
                                + " were dropped after the source sent them: by a filter, by errors.tolerance=all, or as"
                                + " rejected records. If a transformation drops rows of topic " + version.topic()
                                + " intentionally, add the topic to replace.filtered.topics and restart the task. Otherwise"
                                + " correct the cause, set the connector's offset of " + version.topic() + "-"
                                + version.partition() + " to " + (version.offset() + 1)
                                + ", and have the source read the object again.",
                        null);
            }
            return true;
        });
    }

    private boolean begin(End end, Stage stage, CompletableFuture<Boolean> work, long now) {
        end.stage = stage;
        end.work = work;
        end.deadline = now + context.settings().attemptTimeout().toMillis();
        var unused = work.whenComplete((done, failure) -> context.wakeUp().run());
        return work.isDone();
    }

    private boolean retry(End end, long now, String reason) {
        end.stage = Stage.ROWS_UNSETTLED;
        end.work = null;
        end.notBefore = now + context.afterFailure().delayMillis(end.failures++);
        LOG.debug("{}: {}: retrying in {} ms: {}", context.connector(), end.version, end.notBefore - now, reason);
        return false;
    }

    private UnitPublisher publisher(UnitKey unit) {
        return new UnitPublisher(unit, context);
    }
}
