package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unsettled end markers of one topic partition. Records their versions as complete: all those together whose rows are
 * settled. The next ones wait until these are recorded, because where the rows of a version begin depends on the versions
 * before it. Called by one thread.
 */
final class PartitionEnds {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionEnds.class);

    private final RowsBefore rowsBefore;
    private final ReplaceContext context;
    /** Versions that are not recorded as complete, in the order of their offsets. */
    private final Deque<ObjectVersion> incomplete = new ArrayDeque<>();
    /** Complete versions that wait for their publication, in the order of their offsets. */
    private final Deque<ObjectVersion> complete = new ArrayDeque<>();
    /** The first incomplete versions, from their first check until they are recorded. */
    private List<ObjectVersion> group = List.of();

    private @Nullable CompletableFuture<Boolean> work;
    private boolean areRowsVisible;
    private long deadline;
    private long notBefore;
    private int failures;

    PartitionEnds(RowsBefore rowsBefore, ReplaceContext context) {
        this.rowsBefore = rowsBefore;
        this.context = context;
    }

    void add(ObjectVersion version) {
        incomplete.addLast(version);
    }

    int waiting() {
        return incomplete.size() + complete.size();
    }

    /** Number of versions that are being checked or recorded. */
    int recording() {
        return group.size();
    }

    /** The lowest offset of an unsettled end marker. */
    long first() {
        return (complete.isEmpty() ? incomplete : complete).getFirst().offset();
    }

    Collection<ObjectVersion> complete() {
        return complete;
    }

    /** Settles the end markers of complete versions. */
    void settle(Predicate<ObjectVersion> isPublished) {
        complete.removeIf(isPublished);
    }

    /**
     * Does what can be done now, and returns the versions that have become complete.
     *
     * @param most the maximum number of versions that it may record together
     */
    List<ObjectVersion> advance(long now, int most) {
        List<ObjectVersion> recorded = new ArrayList<>();
        while (work == null ? begin(now, most) : end(now, recorded)) {
            // until a call is in flight or nothing can be recorded
        }
        return recorded;
    }

    private boolean begin(long now, int most) {
        if (now < notBefore) {
            return false;
        }
        if (group.isEmpty()) { // later versions do not join a group that is retried, or they would delay it under load
            group = settled(most);
        }
        if (group.isEmpty()) {
            return false;
        }
        areRowsVisible = false;
        call(rowsBefore.visible(group.get(group.size() - 1)), now);
        return true;
    }

    /** The first incomplete versions, of one table, whose rows are settled. */
    private List<ObjectVersion> settled(int most) {
        List<ObjectVersion> first = new ArrayList<>();
        for (ObjectVersion version : incomplete) {
            if (first.size() >= most
                    || !version.unit()
                            .table()
                            .equals(incomplete.getFirst().unit().table())
                    || !rowsBefore.settled(version)) {
                break;
            }
            first.add(version);
        }
        return first;
    }

    private void call(CompletableFuture<Boolean> begun, long now) {
        work = begun;
        deadline = now + context.settings().attemptTimeout().toMillis();
        var unused = begun.whenComplete((done, failure) -> context.wakeUp().run());
    }

    private boolean end(long now, List<ObjectVersion> recorded) {
        CompletableFuture<Boolean> begun = work;
        if (begun == null || (!begun.isDone() && now <= deadline)) {
            return false;
        }
        work = null;
        if (!begun.isDone()) {
            return retryLater(
                    now, "no answer in " + context.settings().attemptTimeout().toMillis() + " ms");
        }
        try {
            if (!begun.join()) {
                return retryLater(now, "queries do not see all of their rows yet");
            }
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ServiceUnavailableException unavailable)) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            return retryLater(now, String.valueOf(unavailable.getMessage()));
        }
        if (!areRowsVisible) {
            areRowsVisible = true;
            call(record(group), now);
            return true;
        }
        for (ObjectVersion version : group) {
            LOG.info("{}: {} is complete in the history of {}", context.connector(), version, version.unit());
            complete.addLast(incomplete.removeFirst());
        }
        recorded.addAll(group);
        group = List.of();
        failures = 0;
        return true;
    }

    /** Records versions as complete, or fails if not all of their rows arrived. */
    private CompletableFuture<Boolean> record(List<ObjectVersion> versions) {
        List<ExpectedVersion> expected = versions.stream()
                .map(version -> new ExpectedVersion(version, context.settings().minimumRows(version)))
                .toList();
        return context.ledger().complete(expected).thenApply(rows -> {
            for (int i = 0; i < expected.size(); i++) {
                if (rows.get(i) < expected.get(i).minimumRows()) {
                    throw missing(expected.get(i), rows.get(i));
                }
            }
            return true;
        });
    }

    private ServiceRefusedException missing(ExpectedVersion expected, long rows) {
        ObjectVersion version = expected.version();
        return new ServiceRefusedException(
                context.connector() + ": " + version + ": " + rows + " of " + expected.minimumRows()
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

    private boolean retryLater(long now, String reason) {
        notBefore = now + context.afterFailure().delayMillis(failures++);
        LOG.debug(
                "{}: {} and {} later versions: retrying in {} ms: {}",
                context.connector(),
                group.get(0),
                group.size() - 1,
                notBefore - now,
                reason);
        return false;
    }
}
