package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the waiting versions of a unit, or newer ones. Several tasks may do so for the same unit without knowing of each
 * other. It reads the unit's state, takes the next step, and reads the state again (rules A to D of the package). All calls
 * come from one thread; {@link #advance} throws the exceptions that stop the task.
 */
final class UnitPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(UnitPublisher.class);
    private static final long QUOTA_PAUSE_MS = 60_000;

    /**
     * Result of one step.
     *
     * @param settled waiting versions that are published or superseded
     * @param pauseMillis delay before the next step; negative for the delay between polls of a job
     */
    private record Outcome(Set<String> settled, long pauseMillis) {
        static final Outcome POLL = new Outcome(Set.of(), -1);
    }

    private final UnitKey unit;
    private final ReplaceContext context;
    private final VersionLedger ledger;
    private final PublishJobs jobs;
    private final ReplaceSettings settings;
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> submitted = ConcurrentHashMap.newKeySet();
    private final Set<String> failuresSeen = ConcurrentHashMap.newKeySet();

    private @Nullable CompletableFuture<Outcome> attempt;
    private long deadline;
    private long notBefore;
    private int failures;
    private int polls;

    UnitPublisher(UnitKey unit, ReplaceContext context) {
        this.unit = unit;
        this.context = context;
        this.ledger = context.ledger();
        this.jobs = context.jobs();
        this.settings = context.settings();
    }

    /** Waits for the publication of a complete version. */
    void await(ObjectVersion version) {
        waiting.add(version.id());
        polls = 0;
    }

    boolean waitsFor(ObjectVersion version) {
        return waiting.contains(version.id());
    }

    /** Stops waiting for a version, whose topic partition was revoked. */
    void forget(ObjectVersion version) {
        waiting.remove(version.id());
    }

    boolean isIdle() {
        return waiting.isEmpty() && attempt == null;
    }

    /** Whether a call is in flight. */
    boolean isCalling() {
        return attempt != null;
    }

    /** @param mayCall whether it may start a call */
    void advance(long now, boolean mayCall) {
        while (end(now) || (mayCall && begin(now))) {
            // until a call is in flight or the delay is not over
        }
    }

    private boolean begin(long now) {
        if (attempt != null || waiting.isEmpty() || now < notBefore) {
            return false;
        }
        Set<String> mine = Set.copyOf(waiting);
        CompletableFuture<Outcome> begun = ledger.look(unit).thenCompose(state -> next(state, mine));
        attempt = begun;
        deadline = now + settings.attemptTimeout().toMillis();
        var unused = begun.whenComplete((outcome, failure) -> context.wakeUp().run());
        return begun.isDone();
    }

    private boolean end(long now) {
        CompletableFuture<Outcome> begun = attempt;
        if (begun == null || (!begun.isDone() && now <= deadline)) {
            return false;
        }
        attempt = null;
        if (!begun.isDone()) {
            retryLater(now, "no answer in " + settings.attemptTimeout().toMillis() + " ms");
            return true;
        }
        try {
            Outcome outcome = begun.join();
            failures = 0;
            waiting.removeAll(outcome.settled());
            notBefore = now
                    + (outcome.pauseMillis() < 0 ? context.betweenPolls().delayMillis(polls++) : outcome.pauseMillis());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ServiceUnavailableException)) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            retryLater(now, String.valueOf(e.getCause().getMessage()));
        }
        return true;
    }

    private void retryLater(long now, String reason) {
        notBefore = now + context.afterFailure().delayMillis(failures++);
        LOG.warn("{}: {}: retrying in {} ms: {}", context.connector(), unit, notBefore - now, reason);
    }

    /** Takes the next step. */
    private CompletableFuture<Outcome> next(UnitState state, Set<String> mine) {
        context.events().jobsLeft(unit.table(), Math.max(0, settings.jobsPerDay() - state.jobsToday()));
        Publication current = state.publication();
        if (!current.done()) {
            return jobs.look(current.jobId()).thenCompose(job -> follow(state, mine, job));
        }
        Set<String> settled = new HashSet<>(mine);
        settled.removeIf(
                id -> state.newest().contains(id) && !current.versions().contains(id));
        if (settled.size() == mine.size()) {
            return completed(new Outcome(settled, 0));
        }
        long rest = settings.minInterval().toMillis() - state.ageMillis();
        if (current.sequence() > 0 && rest > 0) {
            return completed(new Outcome(settled, rest));
        }
        return recordJob(state, mine, settled);
    }

    /** The record names a job that is not known to have succeeded. */
    private CompletableFuture<Outcome> follow(UnitState state, Set<String> mine, JobState job) {
        Publication current = state.publication();
        if (job instanceof JobState.Running) {
            return completed(Outcome.POLL);
        }
        if (job instanceof JobState.Succeeded) {
            return ledger.replace(unit, current, current.whenDone()).thenApply(won -> {
                if (won) {
                    LOG.info(
                            "{}: {} shows {} versions, published by job {}",
                            context.connector(),
                            unit,
                            current.versions().size(),
                            current.jobId());
                    context.events().published(unit, current.versions().size());
                }
                return new Outcome(Set.of(), 0);
            });
        }
        if (job instanceof JobState.Unknown
                && state.ageMillis() < settings.abandonAfter().toMillis()) {
            return submit(current);
        }
        if (job instanceof JobState.Failed failed) {
            String message = unit + ": job " + current.jobId() + " failed: " + failed.message();
            if (!failed.transientFailure() && submitted.contains(current.jobId())) {
                throw new ServiceRefusedException(
                        message + " The table is unchanged. Correct the cause and restart the task.", null);
            }
            if (failuresSeen.add(current.jobId())) {
                throw new ServiceUnavailableException(message, null);
            }
        }
        return recordJob(state, mine, Set.of());
    }

    /** Records the next job and submits it. */
    private CompletableFuture<Outcome> recordJob(UnitState state, Set<String> mine, Set<String> settled) {
        if (state.jobsToday() >= settings.jobsPerDay()) {
            LOG.warn(
                    "{}: {} waits until tomorrow (UTC): table {} had {} jobs today, the maximum that BigQuery permits",
                    context.connector(),
                    unit,
                    unit.table(),
                    state.jobsToday());
            return completed(new Outcome(settled, QUOTA_PAUSE_MS));
        }
        return jobs.prepare(unit).thenCompose(hasRows -> {
            if (!hasRows) {
                return completed(new Outcome(mine, 0)); // no version has a row
            }
            return ledger.missingRows(unit, state.newest()).thenCompose(missing -> {
                refuseLoss(missing);
                return recordJob(state).thenApply(recorded -> new Outcome(settled, recorded.pauseMillis()));
            });
        });
    }

    private CompletableFuture<Outcome> recordJob(UnitState state) {
        Publication next = state.publication().next(context.connector(), unit, state.newest());
        return ledger.replace(unit, state.publication(), next)
                .thenCompose(won -> won ? submit(next) : completed(Outcome.POLL));
    }

    private void refuseLoss(Optional<String> missing) {
        if (missing.isPresent()) {
            throw new ServiceRefusedException(
                    unit + " is not published: " + missing.get()
                            + " Raise replace.history.days and the history table's partition expiration if rows expired,"
                            + " then have the source read these objects again.",
                    null);
        }
    }

    private CompletableFuture<Outcome> submit(Publication publication) {
        submitted.add(publication.jobId());
        return jobs.submit(unit, publication).thenApply(done -> Outcome.POLL);
    }

    private static CompletableFuture<Outcome> completed(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
