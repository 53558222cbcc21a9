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
 * Sees to it that a unit shows the versions that wait here, or newer ones. It may be one of many that do so for the same
 * unit, in tasks that know nothing of each other. It looks, does the one thing that is to be done next, and looks again
 * (rules A to D of the package). All calls come from one thread; {@link #step} throws what must stop the task.
 */
final class UnitPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(UnitPublisher.class);
    private static final long QUOTA_PAUSE_MS = 60_000;

    /**
     * What a look led to.
     *
     * @param settled waiting versions that are done with
     * @param pauseMillis how long to wait before the next look, negative to wait as long as for any job
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
    private int looks;

    UnitPublisher(UnitKey unit, ReplaceContext context) {
        this.unit = unit;
        this.context = context;
        this.ledger = context.ledger();
        this.jobs = context.jobs();
        this.settings = context.settings();
    }

    /** Waits for a version that is written down as complete. */
    void await(ObjectVersion version) {
        waiting.add(version.id());
        looks = 0;
    }

    boolean waitsFor(ObjectVersion version) {
        return waiting.contains(version.id());
    }

    /** Its topic partition is not ours any more. */
    void forget(ObjectVersion version) {
        waiting.remove(version.id());
    }

    boolean isIdle() {
        return waiting.isEmpty() && attempt == null;
    }

    /** Whether an answer is waited for. */
    boolean isAsking() {
        return attempt != null;
    }

    /** @param mayAsk whether it may begin to ask the service, if it is time to */
    void step(long now, boolean mayAsk) {
        while (end(now) || (mayAsk && begin(now))) {
            // until an answer is missing, or it is too early
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
            later(now, "no answer in " + settings.attemptTimeout().toMillis() + " ms");
            return true;
        }
        try {
            Outcome outcome = begun.join();
            failures = 0;
            waiting.removeAll(outcome.settled());
            notBefore = now
                    + (outcome.pauseMillis() < 0 ? context.betweenLooks().delayMillis(looks++) : outcome.pauseMillis());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ServiceUnavailableException)) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            later(now, String.valueOf(e.getCause().getMessage()));
        }
        return true;
    }

    private void later(long now, String reason) {
        notBefore = now + context.afterTrouble().delayMillis(failures++);
        LOG.warn("{}: {}: trying again in {} ms: {}", context.connector(), unit, notBefore - now, reason);
    }

    /** The one thing that is to be done next. */
    private CompletableFuture<Outcome> next(UnitState state, Set<String> mine) {
        context.events().jobsLeft(unit.table(), Math.max(0, settings.jobsADay() - state.jobsToday()));
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
        return name(state, mine, settled);
    }

    /** The record names a job that is not known to have ended. */
    private CompletableFuture<Outcome> follow(UnitState state, Set<String> mine, JobState job) {
        Publication current = state.publication();
        if (job instanceof JobState.Running) {
            return completed(Outcome.POLL);
        }
        if (job instanceof JobState.Succeeded) {
            return ledger.replace(unit, current, current.whenDone()).thenApply(won -> {
                if (won) {
                    LOG.info(
                            "{}: {} shows {} versions, by job {}",
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
            if (!failed.passing() && submitted.contains(current.jobId())) {
                throw new ServiceRefusedException(
                        message + " The table shows what it showed before. Correct the cause and restart the task.",
                        null);
            }
            if (failuresSeen.add(current.jobId())) {
                throw new ServiceUnavailableException(message, null);
            }
        }
        return name(state, mine, Set.of());
    }

    /** Has the record name the next job, and submits it. */
    private CompletableFuture<Outcome> name(UnitState state, Set<String> mine, Set<String> settled) {
        if (state.jobsToday() >= settings.jobsADay()) {
            LOG.warn(
                    "{}: {} waits: table {} had {} jobs today, which is all that BigQuery takes in a day",
                    context.connector(),
                    unit,
                    unit.table(),
                    state.jobsToday());
            return completed(new Outcome(settled, QUOTA_PAUSE_MS));
        }
        return jobs.prepare(unit).thenCompose(something -> {
            if (!something) {
                return completed(new Outcome(mine, 0)); // no version of any object ever had a row
            }
            return ledger.missingRows(unit, state.newest()).thenCompose(missing -> {
                refuseLoss(missing);
                return name(state).thenApply(named -> new Outcome(settled, named.pauseMillis()));
            });
        });
    }

    private CompletableFuture<Outcome> name(UnitState state) {
        Publication next = state.publication().next(context.connector(), unit, state.newest());
        return ledger.replace(unit, state.publication(), next)
                .thenCompose(won -> won ? submit(next) : completed(Outcome.POLL));
    }

    private void refuseLoss(Optional<String> missing) {
        if (missing.isPresent()) {
            throw new ServiceRefusedException(
                    unit + " is left as it is: " + missing.get()
                            + " Have the source read these objects again, or raise replace.history.days and the history"
                            + " table's own expiration first.",
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
