package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.LaneWatermark;
import io.catalogconnect.s3csv.offset.SourcePartition;
import io.catalogconnect.s3csv.record.ObjectEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the number of stored offsets small. The offset of a completed object that is older than the late window is deleted after
 * the watermark of its lane covers the object. This order makes it safe:
 *
 * <ol>
 *   <li>a watermark covers only objects whose records are all acknowledged, and stops before the first other object;
 *   <li>an offset is deleted only after the watermark that replaces it is stored.
 * </ol>
 *
 * <p>Thread-safe: records are acknowledged on the producer's thread, and commits come on the worker's.
 */
public final class Retirement {

    private static final int BATCH = 500;
    private static final int MOST_AT_ONCE = 2_000;

    private final @Nullable Duration lateWindow;
    private final boolean transactional;
    private final String scope;
    private final Map<String, Tracked> tracked = new HashMap<>();
    private final Map<Integer, Long> watermarks = new HashMap<>();
    private final Map<Integer, Pending> pending = new HashMap<>();
    private int completedSince;

    /** An object with a stored offset, or with records that carry one. */
    private static final class Tracked {
        private final ObjectRef object;
        private final int lane;
        private boolean done;
        private int unacknowledged;

        Tracked(ObjectRef object) {
            this.object = object;
            this.lane = LaneAssigner.lane(object.key());
        }

        boolean settled() {
            return done && unacknowledged == 0;
        }

        long lastModified() {
            return object.lastModified().toEpochMilli();
        }
    }

    /** A watermark that was sent and is possibly not stored yet. */
    private static final class Pending {
        private final long watermark;
        private boolean acknowledged;
        private int commits;

        Pending(long watermark) {
            this.watermark = watermark;
        }
    }

    /**
     * Starts with the stored watermarks.
     *
     * @param lateWindow how long after its last modification an object may appear in a listing; null to keep every offset
     * @param transactional true if a record's offset is stored in the transaction of the record
     * @param scope names the lanes: the bucket and prefix
     * @param stored the lanes' watermarks, in milliseconds since 1970
     */
    public Retirement(@Nullable Duration lateWindow, boolean transactional, String scope, Map<Integer, Long> stored) {
        this.lateWindow = lateWindow;
        this.transactional = transactional;
        this.scope = scope;
        this.watermarks.putAll(stored);
    }

    /** True if an object without a stored offset is known to be done. A version that was found and is not done never is. */
    public synchronized boolean covers(ObjectRef object) {
        Tracked entry = tracked.get(object.uri());
        if (entry != null && !entry.done && entry.object.etag().equals(object.etag())) {
            return false;
        }
        Long watermark = watermarks.get(LaneAssigner.lane(object.key()));
        return watermark != null && object.lastModified().toEpochMilli() <= watermark;
    }

    /** An object was listed; if it is done, it has a stored offset. */
    synchronized void found(ObjectRef object, boolean done) {
        if (lateWindow != null) {
            Tracked entry = new Tracked(object);
            entry.done = done;
            Tracked former = tracked.put(object.uri(), entry);
            if (former != null) {
                entry.unacknowledged = former.unacknowledged;
            }
        }
    }

    /** Records of an object were passed to the worker. */
    public synchronized void sent(ObjectRef object, int records, boolean done) {
        Tracked entry = tracked.get(object.uri());
        if (entry != null) {
            entry.unacknowledged += records;
            if (done && entry.object.etag().equals(object.etag())) {
                entry.done = true;
                completedSince++;
            }
        }
    }

    /** The rest of this version is not read. The object must not stop the watermark of its lane indefinitely. */
    synchronized void leftOut(ObjectRef object) {
        Tracked entry = tracked.get(object.uri());
        if (entry != null && entry.object.etag().equals(object.etag())) {
            entry.done = true;
            completedSince++;
        }
    }

    /**
     * The transaction with these objects was aborted. Some of its records were acknowledged, and the others never will be. A
     * watermark in the transaction is sent again.
     */
    public synchronized void aborted(Collection<SourcePartition> objects) {
        for (SourcePartition object : objects) {
            Tracked entry = tracked.get(object.uri());
            if (entry != null) {
                entry.done = false;
                entry.unacknowledged = 0;
            }
        }
        pending.clear();
    }

    /**
     * A record with this source partition is acknowledged.
     *
     * @param sent false if a transformation dropped it, and its offset with it
     */
    public synchronized void acknowledged(Map<String, ?> partition, boolean sent) {
        if (lateWindow == null) {
            return;
        }
        if (partition.get(SourcePartition.OBJECT) instanceof String uri) {
            Tracked entry = tracked.get(uri);
            if (entry != null && entry.unacknowledged > 0) {
                entry.unacknowledged--;
            }
        }
        if (sent && partition.get(LaneWatermark.LANE) != null) {
            pending.forEach((lane, watermark) -> {
                if (partition.equals(LaneWatermark.partition(scope, lane))) {
                    watermark.acknowledged = true;
                }
            });
        }
    }

    /** The worker has committed offsets. Only the next commit proves which ones. */
    public synchronized void committed() {
        pending.values().forEach(watermark -> {
            if (watermark.acknowledged) {
                watermark.commits++;
            }
        });
    }

    /** The changes of stored offsets that are possible now. Called between objects. */
    public synchronized List<OffsetMove> moves(Instant now, boolean idle) {
        Duration window = lateWindow;
        if (window == null || (!idle && completedSince < BATCH)) {
            return List.of();
        }
        completedSince = 0;
        List<OffsetMove> moves = new ArrayList<>();
        settlePending();
        Map<Integer, Long> limits = limits(now.minus(window).toEpochMilli());
        Map<Integer, Long> highest = new HashMap<>();
        Iterator<Tracked> entries = tracked.values().iterator();
        while (entries.hasNext() && moves.size() < MOST_AT_ONCE) {
            Tracked entry = entries.next();
            long modified = entry.lastModified();
            if (!entry.settled() || modified > limits.getOrDefault(entry.lane, Long.MIN_VALUE)) {
                continue;
            }
            if (modified <= watermarks.getOrDefault(entry.lane, Long.MIN_VALUE)) {
                moves.add(new OffsetMove(
                        ObjectEvent.Kind.RETIRED,
                        entry.object.key(),
                        SourcePartition.of(entry.object).toMap(),
                        null));
                entries.remove();
            } else {
                highest.merge(entry.lane, modified, Math::max);
            }
        }
        highest.forEach((lane, watermark) -> {
            if (!pending.containsKey(lane)) {
                pending.put(lane, new Pending(watermark));
                LaneWatermark move = new LaneWatermark(scope, lane, watermark);
                moves.add(new OffsetMove(ObjectEvent.Kind.WATERMARK, "#" + lane, move.partition(), move.offset()));
            }
        });
        return moves;
    }

    private void settlePending() {
        pending.entrySet().removeIf(lane -> {
            Pending watermark = lane.getValue();
            boolean stored = watermark.acknowledged && (transactional || watermark.commits >= 2);
            if (stored) {
                watermarks.merge(lane.getKey(), watermark.watermark, Math::max);
            }
            return stored;
        });
    }

    /** The limit of each lane's watermark: the late window, and before each object that is not settled. */
    private Map<Integer, Long> limits(long windowStart) {
        Map<Integer, Long> limits = new HashMap<>();
        for (Tracked entry : tracked.values()) {
            long limit = entry.settled() ? windowStart : Math.min(windowStart, entry.lastModified() - 1);
            limits.merge(entry.lane, limit, Math::min);
        }
        return limits;
    }
}
