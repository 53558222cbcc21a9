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
 * Looks through the bucket for objects that are done and puts them away. An object is done when its own entry among the
 * committed offsets says so, of the very version that is listed; acknowledged records that are not committed do not count, and
 * neither does a lane's watermark, because an object that came too late is behind it as well. For one thread.
 */
public final class Cleaner {

    private static final Logger log = LoggerFactory.getLogger(Cleaner.class);

    private final ObjectStore store;
    private final DiscoveryPlan plan;
    private final ProgressLookup committed;
    private final ObjectDisposal disposal;
    private final Clock clock;

    /** The versions that need no look any more, for disposals that leave the object where it is. */
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
     * Looks through the bucket once.
     *
     * @param stopping ends the pass between two objects
     * @return how many objects were put away
     * @throws StoreException when the store refuses or does not answer; what is left is for a later pass
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
            log.info("{} is done and was put away (ETag {})", object, object.etag());
        }
        return disposed;
    }
}
