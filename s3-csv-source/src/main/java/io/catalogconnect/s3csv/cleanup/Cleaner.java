package io.catalogconnect.s3csv.cleanup;

import io.catalogconnect.s3csv.assign.DiscoveryPlan;
import io.catalogconnect.s3csv.assign.ProgressLookup;
import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds completed objects in the bucket and cleans them up. An object is completed if its committed offset says so for the
 * listed version. Acknowledged records that are not committed do not count, and neither does a lane's watermark, because it
 * also covers an object that appeared too late. For one thread.
 */
public final class Cleaner {

    private static final Logger log = LoggerFactory.getLogger(Cleaner.class);

    private final ObjectStore store;
    private final DiscoveryPlan plan;
    private final ProgressLookup committed;
    private final ObjectDisposal disposal;
    private final Clock clock;

    /** By object, the version that was handled, for disposals that do not remove the object from the listing. */
    private final Map<String, String> settled = new HashMap<>();

    public Cleaner(
            ObjectStore store, DiscoveryPlan plan, ProgressLookup committed, ObjectDisposal disposal, Clock clock) {
        this.store = store;
        this.plan = plan;
        this.committed = committed;
        this.disposal = disposal;
        this.clock = clock;
    }

    /**
     * Lists the bucket once.
     *
     * @param stopping ends the pass between two objects
     * @return number of objects that were cleaned up
     * @throws StoreException if a request fails; a later pass handles the remaining objects
     */
    public int pass(BooleanSupplier stopping) throws StoreException {
        int disposed = 0;
        Instant now = clock.instant();
        Set<String> seen = new HashSet<>();
        for (String prefix : plan.prefix().prefixes(LocalDate.ofInstant(now, ZoneOffset.UTC), plan.lookBackDays())) {
            String continuation = null;
            do {
                ObjectStore.Page page = store.list(prefix, continuation);
                for (ObjectRef object : done(page.objects(), now, seen)) {
                    if (stopping.getAsBoolean()) {
                        return disposed;
                    }
                    disposed += dispose(object) ? 1 : 0;
                }
                continuation = page.next();
            } while (continuation != null);
        }
        settled.keySet().retainAll(seen);
        return disposed;
    }

    private List<ObjectRef> done(List<ObjectRef> listed, Instant now, Set<String> seen) {
        List<ObjectRef> candidates = new ArrayList<>();
        for (ObjectRef object : listed) {
            if (plan.wants(object, now)) {
                seen.add(object.uri());
                if (!object.etag().equals(settled.get(object.uri()))) {
                    candidates.add(object);
                }
            }
        }
        if (candidates.isEmpty()) {
            return candidates;
        }
        Map<SourcePartition, SourceOffset> progress =
                committed.of(candidates.stream().map(SourcePartition::of).toList());
        candidates.removeIf(object -> {
            SourceOffset offset = progress.get(SourcePartition.of(object));
            return offset == null || !offset.isOf(object) || !offset.done();
        });
        return candidates;
    }

    private boolean dispose(ObjectRef object) throws StoreException {
        boolean disposed = disposal.dispose(object);
        settled.put(object.uri(), object.etag());
        if (disposed) {
            log.info("{} was cleaned up (ETag {})", object, object.etag());
        }
        return disposed;
    }
}
