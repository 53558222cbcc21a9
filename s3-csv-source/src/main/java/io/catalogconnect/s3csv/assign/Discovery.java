package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.metrics.Counters;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.Retries;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds this task's objects and returns those with unread rows, one at a time. It compares versions, never positions in a
 * listing: an object that appears late, with a smaller key or in the same second, is found by the next listing. For one
 * thread.
 */
public final class Discovery {

    private static final Logger log = LoggerFactory.getLogger(Discovery.class);

    private final ObjectStore store;
    private final Retries retries;
    private final DiscoveryPlan plan;
    private final LaneAssigner lanes;
    private final Retirement retirement;
    private final ProgressLookup progress;
    private final Clock clock;
    private final Counters counters;
    private final TreeMap<ObjectRef, UnreadObject> waiting;
    private final Map<String, ObjectRef> queued = new HashMap<>();

    /** The waiting objects, the one that was modified first in front. */
    private final TreeSet<ObjectRef> byModification =
            new TreeSet<>(Comparator.comparing(ObjectRef::lastModified).thenComparing(ObjectRef::key));

    /** By object, the version whose progress is known: done, waiting, open, ignored or left out. */
    private final Map<String, String> settled = new HashMap<>();

    /**
     * By URI, the version that was listed and could not be opened. A store whose index is stale lists such a version again
     * and again; it is tried once after each listing that is due by time, and never causes a listing itself a second time.
     * No watermark passes the version until a listing lacks it.
     */
    private final Map<String, ObjectRef> unreadable = new HashMap<>();

    /** The object that {@link #next()} returned last, until its end. */
    private @Nullable ObjectRef current;

    private @Nullable Instant nextListing;
    private Duration interval;
    private boolean relist;
    private long leftOut;

    public Discovery(
            ObjectStore store,
            Retries retries,
            DiscoveryPlan plan,
            LaneAssigner lanes,
            Retirement retirement,
            ProgressLookup progress,
            Counters counters,
            Clock clock) {
        this.store = store;
        this.retries = retries;
        this.plan = plan;
        this.lanes = lanes;
        this.retirement = retirement;
        this.interval = plan.interval();
        this.progress = progress;
        this.clock = clock;
        this.counters = counters;
        this.waiting = new TreeMap<>(plan.order().comparator());
    }

    /** The object to read next, or null if none is waiting. Lists the bucket if a listing is due and no object is waiting. */
    public @Nullable UnreadObject next() throws StoreException, InterruptedIOException, ObjectChangedPolicyException {
        setCurrent(null);
        if (waiting.isEmpty() && untilListing().isZero()) {
            list();
        }
        Map.Entry<ObjectRef, UnreadObject> first = waiting.pollFirstEntry();
        if (first == null) {
            return null;
        }
        UnreadObject unread = first.getValue();
        queued.remove(unread.object().uri());
        byModification.remove(unread.object());
        counters.objectsUnread.set(waiting.size());
        setCurrent(unread.object());
        return unread;
    }

    /** The object that {@link #next()} returned last was read to its end. */
    public void finished() {
        setCurrent(null);
    }

    private void setCurrent(@Nullable ObjectRef object) {
        current = object;
        countOldest();
    }

    private void countOldest() {
        counters.oldestUnread.set(Stream.concat(
                        Stream.ofNullable(current),
                        Stream.ofNullable(byModification.isEmpty() ? null : byModification.first()))
                .mapToLong(object -> object.lastModified().toEpochMilli())
                .min()
                .orElse(0));
    }

    /** The objects that wait and are read from their start, in the order in which {@link #next()} returns them. */
    public List<ObjectRef> upcoming(int limit) {
        return waiting.values().stream()
                .limit(limit)
                .filter(unread -> unread.from().nextByte() == 0)
                .map(UnreadObject::object)
                .toList();
    }

    /** True if an object is waiting, so that {@link #next()} returns it without a listing. */
    public boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Time until the next listing is due; zero if it is due. */
    public Duration untilListing() {
        Instant due = nextListing;
        if (due == null || relist) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), due);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Returns an object that could not be read to its end now. */
    public void readLater(UnreadObject unread) {
        if (!queued.containsKey(unread.object().uri())) {
            wait(unread.object(), unread.from(), unread.formerEtag());
        }
    }

    /** The rest of this version is left out, because the object is damaged. */
    public void leftOut(ObjectRef object) {
        retirement.leftOut(object);
    }

    /**
     * Reports that the store listed a version and answers that it does not exist. The bucket is listed again at once, to find
     * the version that replaced it; if the store still lists the same version, that version waits for the next listing.
     *
     * @throws ObjectChangedPolicyException if a change must fail the task
     */
    public void vanished(ObjectRef object) throws ObjectChangedPolicyException {
        if (plan.changed() == ChangedPolicy.FAIL) {
            throw new ObjectChangedPolicyException(object + " was overwritten or deleted while it was read (ETag "
                    + object.etag() + "), and object.changed=fail. Set its offset with PATCH"
                    + " /connectors/<name>/offsets and restart the connector, or set object.changed=redeliver");
        }
        ObjectRef former = unreadable.put(object.uri(), object);
        if (former != null && former.etag().equals(object.etag())) {
            log.warn(
                    "{} is listed with ETag {}, but the store answers that this version does not exist. It is tried again"
                            + " after the next listing. If this message repeats, repair the store's index or delete the"
                            + " key",
                    object,
                    object.etag());
            return;
        }
        log.warn("{} was overwritten or deleted while it was read. The bucket is listed again", object);
        relist = true;
    }

    private void list() throws StoreException, InterruptedIOException, ObjectChangedPolicyException {
        if (!relist) {
            unreadable.forEach((uri, object) -> settled.remove(uri, object.etag()));
        }
        Set<String> seen = new HashSet<>();
        long listed = 0;
        leftOut = 0;
        Instant now = clock.instant();
        for (String prefix : plan.prefix().prefixes(LocalDate.ofInstant(now, ZoneOffset.UTC), plan.lookBackDays())) {
            String continuation = null;
            do {
                String token = continuation;
                ObjectStore.Page page =
                        retries.call("Listing s3://" + plan.bucket() + "/" + prefix, () -> store.list(prefix, token));
                counters.listings.incrementAndGet();
                listed += take(page.objects(), now, seen);
                continuation = page.next();
            } while (continuation != null);
        }
        settled.keySet().retainAll(seen);
        leaveOutReplaced();
        counters.objectsListed.set(listed);
        counters.objectsLeftOut.set(leftOut);
        Duration doubled = interval.multipliedBy(2);
        Duration longer = doubled.compareTo(plan.maxInterval()) < 0 ? doubled : plan.maxInterval();
        interval = waiting.isEmpty() && nextListing != null ? longer : plan.interval();
        nextListing = clock.instant().plus(interval);
        relist = false;
    }

    /** Leaves out the versions that could not be opened and that the bucket no longer lists. */
    private void leaveOutReplaced() {
        unreadable.values().removeIf(object -> {
            boolean isListed = object.etag().equals(settled.get(object.uri()));
            if (!isListed) {
                retirement.leftOut(object);
            }
            return !isListed;
        });
    }

    /**
     * Examines a page, and returns how many of its objects are this task's.
     *
     * @param seen receives the objects in {@code settled}, so that objects covered by a watermark are removed from it
     */
    private int take(List<ObjectRef> objects, Instant now, Set<String> seen) throws ObjectChangedPolicyException {
        List<ObjectRef> fresh = new ArrayList<>();
        int owned = 0;
        for (ObjectRef object : objects) {
            if (!lanes.owns(object.key())) {
                continue;
            }
            if (plan.isLeftOut(object)) {
                leftOut++;
                continue;
            }
            if (!plan.wants(object, now)) {
                continue;
            }
            owned++;
            if (nextListing != null && retirement.covers(object) && !isAnotherVersion(object)) {
                continue;
            }
            if (object.etag().equals(settled.get(object.uri()))) {
                seen.add(object.uri());
            } else {
                fresh.add(object);
            }
        }
        if (fresh.isEmpty()) {
            return owned;
        }
        Map<SourcePartition, SourceOffset> stored =
                progress.of(fresh.stream().map(SourcePartition::of).toList());
        for (ObjectRef object : fresh) {
            settle(object, stored.get(SourcePartition.of(object)));
            if (settled.containsKey(object.uri())) {
                seen.add(object.uri());
            }
        }
        return owned;
    }

    private boolean isAnotherVersion(ObjectRef object) {
        String known = settled.get(object.uri());
        return known != null && !known.equals(object.etag());
    }

    private void settle(ObjectRef object, @Nullable SourceOffset stored) throws ObjectChangedPolicyException {
        String known = settled.get(object.uri());
        if (stored == null && known == null && retirement.covers(object)) {
            return;
        }
        if (stored == null && known == null) {
            wait(object, SourceOffset.start(object), null);
        } else if (stored != null && stored.isOf(object)) {
            if (stored.done()) {
                retirement.found(object, true);
            } else {
                log.info("{} is resumed at row {} (byte {})", object, stored.rows() + 1, stored.nextByte());
                wait(object, stored, null);
            }
        } else {
            changed(object, stored == null ? String.valueOf(known) : stored.etag());
        }
        settled.put(object.uri(), object.etag());
    }

    private void changed(ObjectRef object, String formerEtag) throws ObjectChangedPolicyException {
        switch (plan.changed()) {
            case REDELIVER -> {
                log.info(
                        "{} was overwritten (ETag {}, before {}). The new version is read from its start",
                        object,
                        object.etag(),
                        formerEtag);
                wait(object, SourceOffset.start(object), formerEtag);
            }
            case IGNORE ->
                log.warn(
                        "{} was overwritten (ETag {}, before {}). The new version is skipped"
                                + " (object.changed=ignore)",
                        object,
                        object.etag(),
                        formerEtag);
            case FAIL ->
                throw new ObjectChangedPolicyException(object + " was overwritten (ETag " + object.etag()
                        + ", before " + formerEtag
                        + "), and object.changed=fail. Set object.changed=redeliver to read the"
                        + " new version or object.changed=ignore to skip it");
        }
    }

    private void wait(ObjectRef object, SourceOffset from, @Nullable String formerEtag) {
        retirement.found(object, false);
        ObjectRef former = queued.put(object.uri(), object);
        if (former != null) {
            waiting.remove(former);
            byModification.remove(former);
        }
        waiting.put(object, new UnreadObject(object, from, formerEtag));
        byModification.add(object);
        counters.objectsUnread.set(waiting.size());
        countOldest();
    }
}
