package io.catalogconnect.s3csv.assign;

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds this task's objects and hands out those with rows left, one at a time. It compares versions, never positions in a
 * listing: an object that arrives late, with a smaller key or within the same second, is found by the next listing. For one
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
    private final TreeMap<ObjectRef, Work> waiting;
    private final Map<String, ObjectRef> queued = new HashMap<>();

    /** By object, the version that needs no look at stored progress any more: done, waiting, open, ignored or given up. */
    private final Map<String, String> settled = new HashMap<>();

    /**
     * By object, the version that was listed and could not be opened. A store whose index is stale lists such a version again
     * and again; it is tried once after each listing that is due by time, and never causes a listing itself a second time.
     */
    private final Map<String, String> unreadable = new HashMap<>();

    private @Nullable Instant nextListing;
    private Duration interval;
    private boolean relist;

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

    /** The object to read next, or null when none waits. Lists the bucket when that is due and nothing waits. */
    public @Nullable Work next() throws StoreException, InterruptedIOException, ObjectChangedPolicyException {
        if (waiting.isEmpty() && untilListing().isZero()) {
            list();
        }
        Map.Entry<ObjectRef, Work> first = waiting.pollFirstEntry();
        if (first == null) {
            return null;
        }
        Work work = first.getValue();
        queued.remove(work.object().uri());
        counters.objectsWaiting.set(waiting.size());
        if (waiting.isEmpty()) {
            counters.oldestWaiting.set(0);
        }
        return work;
    }

    /** True when an object waits already, so that {@link #next()} answers at once. */
    public boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** How long until the next listing is due; zero when it is. */
    public Duration untilListing() {
        Instant due = nextListing;
        if (due == null || relist) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), due);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Puts an object back that could not be read to its end now. */
    public void later(Work work) {
        if (!queued.containsKey(work.object().uri())) {
            wait(work.object(), work.from(), work.formerEtag());
        }
    }

    /** Tells that the rest of this version is not wanted, because it is wrong as a whole. */
    public void leftOut(ObjectRef object) {
        retirement.leftOut(object);
    }

    /**
     * Reports that the store listed a version and answers that it does not exist. The bucket is listed again at once, to find
     * the version that replaced it; if the store still lists the same version, that version waits for the next listing.
     *
     * @throws ObjectChangedPolicyException when a change must stop the task
     */
    public void vanished(ObjectRef object) throws ObjectChangedPolicyException {
        if (plan.changed() == ChangedPolicy.FAIL) {
            throw new ObjectChangedPolicyException(object + " was overwritten or deleted while it was read (ETag "
                    + object.etag() + "), and object.changed=fail. Restart the connector after you have decided with"
                    + " PATCH /connectors/<name>/offsets from where to read it, or set object.changed=redeliver");
        }
        retirement.leftOut(object);
        if (object.etag().equals(unreadable.put(object.uri(), object.etag()))) {
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
            unreadable.forEach(settled::remove);
        }
        Set<String> seen = new HashSet<>();
        long listed = 0;
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
        unreadable.keySet().retainAll(seen);
        counters.objectsListed.set(listed);
        counters.oldestWaiting.set(waiting.keySet().stream()
                .mapToLong(object -> object.lastModified().toEpochMilli())
                .min()
                .orElse(0));
        Duration doubled = interval.multipliedBy(2);
        Duration longer = doubled.compareTo(plan.maxInterval()) < 0 ? doubled : plan.maxInterval();
        interval = waiting.isEmpty() && nextListing != null ? longer : plan.interval();
        nextListing = clock.instant().plus(interval);
        relist = false;
    }

    /**
     * Sorts a page out; gives how many of its objects are this task's.
     *
     * @param seen gets those that {@code settled} has, so that it holds nothing of objects behind a watermark
     */
    private int take(List<ObjectRef> objects, Instant now, Set<String> seen) throws ObjectChangedPolicyException {
        List<ObjectRef> fresh = new ArrayList<>();
        int owned = 0;
        for (ObjectRef object : objects) {
            if (!lanes.owns(object.key()) || !plan.wants(object, now)) {
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
                log.info("{} is read on from row {} (byte {})", object, stored.rows() + 1, stored.nextByte());
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
                        "{} was overwritten (ETag {}, before {}); it is read from its start",
                        object,
                        object.etag(),
                        formerEtag);
                wait(object, SourceOffset.start(object), formerEtag);
            }
            case IGNORE ->
                log.warn(
                        "{} was overwritten (ETag {}, before {}); the new version is left alone"
                                + " (object.changed=ignore)",
                        object,
                        object.etag(),
                        formerEtag);
            case FAIL ->
                throw new ObjectChangedPolicyException(object + " was overwritten (ETag " + object.etag()
                        + ", before " + formerEtag
                        + "), and object.changed=fail. Set object.changed=redeliver to read the"
                        + " new version or object.changed=ignore to leave it alone");
        }
    }

    private void wait(ObjectRef object, SourceOffset from, @Nullable String formerEtag) {
        retirement.found(object, false);
        ObjectRef former = queued.put(object.uri(), object);
        if (former != null) {
            waiting.remove(former);
        }
        waiting.put(object, new Work(object, from, formerEtag));
        counters.objectsWaiting.set(waiting.size());
    }
}
