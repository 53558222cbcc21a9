package io.catalogconnect.bigquery.replace;

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
 * The ends of objects that came by, until what they complete is shown. Nothing here waits; all calls come from one thread;
 * {@link #step} throws what must stop the task.
 */
public final class ObjectEnds {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectEnds.class);

    /** So many units ask the service at a time: calls that queue for a thread for long would be taken for lost. */
    static final int MOST_ASKING = 8;

    private enum Stage {
        ROWS_BEFORE,
        SEEING,
        COMPLETING,
        PUBLISHING
    }

    private record Place(String topic, int partition) {}

    private static final class End {
        private final ObjectVersion version;
        private Stage stage = Stage.ROWS_BEFORE;
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

    /** Takes an end; those of one topic partition come in the order of their offsets. */
    public void accept(ObjectVersion version) {
        ends.computeIfAbsent(new Place(version.topic(), version.partition()), place -> new ArrayDeque<>())
                .addLast(new End(version));
    }

    /** A topic partition is not ours any more. */
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
    public void step(long now) {
        for (Deque<End> queue : ends.values()) {
            boolean moved = true;
            while (moved) {
                End next = firstIncomplete(queue);
                moved = next != null && advance(next, now);
            }
        }
        int asking = (int)
                publishers.values().stream().filter(UnitPublisher::isAsking).count();
        for (Iterator<UnitPublisher> each = publishers.values().iterator(); each.hasNext(); ) {
            UnitPublisher publisher = each.next();
            asking -= publisher.isAsking() ? 1 : 0;
            publisher.step(now, asking < MOST_ASKING);
            asking += publisher.isAsking() ? 1 : 0;
            if (publisher.isIdle()) {
                each.remove();
            }
        }
        ends.values().forEach(queue -> queue.removeIf(this::isShown));
        ends.values().removeIf(Deque::isEmpty);
    }

    /** The lowest offset of an end that is not done, or {@link Long#MAX_VALUE}. */
    public long firstUnsettled(String topic, int partition) {
        Deque<End> queue = ends.get(new Place(topic, partition));
        End first = queue == null ? null : queue.peekFirst();
        return first == null ? Long.MAX_VALUE : first.version.offset();
    }

    /** How many ends are not done. */
    public int waiting() {
        return ends.values().stream().mapToInt(Deque::size).sum();
    }

    private boolean isShown(End end) {
        UnitPublisher publisher = publishers.get(end.version.unit());
        return end.stage == Stage.PUBLISHING && (publisher == null || !publisher.waitsFor(end.version));
    }

    /** Ends are completed in their order; how long what they complete takes to be shown holds nobody up. */
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
        if (end.stage == Stage.ROWS_BEFORE) {
            if (!rowsBefore.settled(end.version)) {
                return false;
            }
            return begin(end, Stage.SEEING, rowsBefore.visible(end.version), now);
        }
        CompletableFuture<Boolean> work = end.work;
        if (work == null || (!work.isDone() && now <= end.deadline)) {
            return false;
        }
        if (!work.isDone()) {
            return again(
                    end,
                    now,
                    "no answer in " + context.settings().attemptTimeout().toMillis() + " ms");
        }
        try {
            if (!work.join()) {
                return again(end, now, "its rows are not all to be seen yet");
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof ServiceUnavailableException unavailable) {
                return again(end, now, String.valueOf(unavailable.getMessage()));
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        if (end.stage == Stage.SEEING) {
            return begin(
                    end,
                    Stage.COMPLETING,
                    context.ledger().complete(end.version).thenApply(done -> true),
                    now);
        }
        end.stage = Stage.PUBLISHING;
        end.work = null;
        LOG.info("{}: {} is complete in the history of {}", context.connector(), end.version, end.version.unit());
        publishers.computeIfAbsent(end.version.unit(), this::publisher).await(end.version);
        return true;
    }

    private boolean begin(End end, Stage stage, CompletableFuture<Boolean> work, long now) {
        end.stage = stage;
        end.work = work;
        end.deadline = now + context.settings().attemptTimeout().toMillis();
        var unused = work.whenComplete((done, failure) -> context.wakeUp().run());
        return work.isDone();
    }

    private boolean again(End end, long now, String reason) {
        end.stage = Stage.ROWS_BEFORE;
        end.work = null;
        end.notBefore = now + context.afterTrouble().delayMillis(end.failures++);
        LOG.debug("{}: {}: trying again in {} ms: {}", context.connector(), end.version, end.notBefore - now, reason);
        return false;
    }

    private UnitPublisher publisher(UnitKey unit) {
        return new UnitPublisher(unit, context);
    }
}
