package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.LaneWatermark;
import io.catalogconnect.s3csv.offset.SourcePartition;
import io.catalogconnect.s3csv.record.ObjectEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps stored entries few. An object that is done, and older than the late window, needs no entry of its own once its lane's
 * watermark has passed it. The order is what makes it safe:
 *
 * <ol>
 *   <li>a watermark passes only objects all of whose records are acknowledged, and stops before the first that is not;
 *   <li>an entry is deleted only when the watermark that replaces it is stored for certain.
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

    /** An object with an entry, or with one on its way. */
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

    /** A watermark that was sent and is not stored for certain yet. */
    private static final class Pending {
        private final long watermark;
        private boolean acknowledged;
        private int commits;

        Pending(long watermark) {
            this.watermark = watermark;
        }
    }

    /**
     * Starts with what is stored.
     *
     * @param lateWindow how long after its last modification an object may appear in a listing; null to keep every entry
     * @param transactional true when an acknowledged record's offset is stored with it
     * @param scope names the lanes: the bucket and prefix
     * @param stored the lanes' watermarks, in milliseconds since 1970
     */
    public Retirement(@Nullable Duration lateWindow, boolean transactional, String scope, Map<Integer, Long> stored) {
        this.lateWindow = lateWindow;
        this.transactional = transactional;
        this.scope = scope;
        this.watermarks.putAll(stored);
    }

    /** True when an object without an entry is known to be done. */
    public synchronized boolean covers(ObjectRef object) {
        Long watermark = watermarks.get(LaneAssigner.lane(object.key()));
        return watermark != null && object.lastModified().toEpochMilli() <= watermark;
    }

    /** An object is there, and there is an entry for it if it is done. */
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

    /** Records of an object were handed over. */
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

    /** Nothing more of this version is read, although it was not read to its end: it must not hold its lane back for ever. */
    synchronized void leftOut(ObjectRef object) {
        Tracked entry = tracked.get(object.uri());
        if (entry != null && entry.object.etag().equals(object.etag())) {
            entry.done = true;
            completedSince++;
        }
    }

    /**
     * A record under this partition needs no more waiting for.
     *
     * @param sent false when a transformation dropped it, and its offset with it
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

    /** The worker has stored offsets; which ones is known only after the next time. */
    public synchronized void committed() {
        pending.values().forEach(watermark -> {
            if (watermark.acknowledged) {
                watermark.commits++;
            }
        });
    }

    /** What can be moved now; asked between objects. */
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

    /** How far each lane's watermark may go: up to the late window, and not as far as an object that is not settled. */
    private Map<Integer, Long> limits(long windowStart) {
        Map<Integer, Long> limits = new HashMap<>();
        for (Tracked entry : tracked.values()) {
            long limit = entry.settled() ? windowStart : Math.min(windowStart, entry.lastModified() - 1);
            limits.merge(entry.lane, limit, Math::min);
        }
        return limits;
    }
}
