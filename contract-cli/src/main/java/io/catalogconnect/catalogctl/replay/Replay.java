package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.apply.Holder;
import io.catalogconnect.catalogctl.apply.Lease;
import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.replay.ReplayLog.OpenReplay;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.wait.Wait;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Has a source read files again: stops it, sets the offsets of the files, and starts it. The log describes the replay before the
 * first step, so that {@link #resume} can end a replay that was killed between any two steps. If a step fails, the replay stays
 * open. The source is then started again, unless the rows would be doubled if {@link #resume} set the offsets once more after it
 * has read files.
 */
public final class Replay {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Desired desired;
    private final Services services;
    private final Clock clock;
    private final String who;
    private final Consumer<String> progress;

    /**
     * @param who the person or job that runs the command, for the log
     * @param progress receives a line for each step
     */
    public Replay(Desired desired, Services services, Clock clock, String who, Consumer<String> progress) {
        this.desired = desired;
        this.services = services;
        this.clock = clock;
        this.who = who;
        this.progress = progress;
    }

    /**
     * Runs a replay.
     *
     * @param what the files, for the log
     * @throws RefusedException if another one is open, or the contract was not applied
     * @throws LeaseHeldException if another process applies or replays the contract
     */
    public void run(ReplayPlan plan, String what) throws RefusedException, LeaseHeldException, InterruptedException {
        underLease(lease -> {
            List<LogEntry> log = log();
            Optional<OpenReplay> open = ReplayLog.open(log);
            if (open.isPresent()) {
                throw new RefusedException(
                        open.get() + " has not ended. End it with --resume, or give it up with" + " --abandon.");
            }
            OpenReplay replay = new OpenReplay(ReplayLog.next(log), clock.instant(), who, what, plan.offsets(), false);
            append(lease, ReplayLog.BEGUN, replay);
            finish(lease, replay);
        });
    }

    /**
     * Ends the open replay.
     *
     * @throws RefusedException if none is open
     * @throws LeaseHeldException if another process applies or replays the contract
     */
    public void resume() throws RefusedException, LeaseHeldException, InterruptedException {
        underLease(lease -> finish(lease, open()));
    }

    /**
     * Gives the open replay up: starts the source. Files whose offsets were set are read again nevertheless.
     *
     * @throws RefusedException if none is open
     * @throws LeaseHeldException if another process applies or replays the contract
     */
    public void abandon() throws RefusedException, LeaseHeldException, InterruptedException {
        underLease(lease -> {
            OpenReplay replay = open();
            start();
            append(lease, ReplayLog.ABANDONED, replay);
        });
    }

    @FunctionalInterface
    private interface Work {
        void run(Lease lease) throws RefusedException, InterruptedException;
    }

    /** A failure of the work is reported, not that the lease could not be released after it. */
    private void underLease(Work work) throws RefusedException, LeaseHeldException, InterruptedException {
        Lease lease = take();
        try {
            work.run(lease);
        } catch (LiveException | RefusedException e) {
            try {
                lease.release(state -> state);
            } catch (LiveException hidden) {
                e.addSuppressed(hidden);
            }
            throw e;
        }
        lease.release(state -> state);
    }

    private OpenReplay open() throws RefusedException {
        return ReplayLog.open(log())
                .orElseThrow(() -> new RefusedException("No replay of " + desired.name() + " is open."));
    }

    private List<LogEntry> log() {
        return services.facts().log(desired.contractId(), desired.environment());
    }

    private Lease take() throws RefusedException, LeaseHeldException, InterruptedException {
        ContractState state = services.facts().states().stream()
                .filter(one -> one.contractId().equals(desired.contractId())
                        && one.environment().equals(desired.environment()))
                .findFirst()
                .orElseThrow(() ->
                        new RefusedException(desired.name() + " was not applied here. Run catalogctl apply first."));
        return Lease.take(
                services.facts(),
                clock,
                state,
                taken -> taken,
                Holder.current(who).toString(),
                false);
    }

    private void finish(Lease lease, OpenReplay replay) throws InterruptedException {
        try {
            if (!replay.isSet()) {
                stop();
                services.workers().setOffsets(source(), replay.offsets());
                append(lease, ReplayLog.SET, replay);
                progress.accept("the offsets of " + replay.what() + " are set");
            }
        } catch (LiveException e) {
            boolean isKeptStopped = Redelivery.of(desired.sink().config()) == Redelivery.DUPLICATES;
            if (!isKeptStopped) {
                startAfter(e);
            }
            throw new LiveException(
                    e.getMessage() + " Replay " + replay.number()
                            + (isKeptStopped ? " has not ended, and the source is not started." : " has not ended.")
                            + " Run it again with --resume, or give it up with --abandon.",
                    e);
        }
        start();
        append(lease, ReplayLog.ENDED, replay);
    }

    private void stop() throws InterruptedException {
        services.workers().stop(source());
        Wait patience = Wait.upTo(PATIENCE);
        while (!isStopped(services.workers().status(source()))) {
            if (patience.isOver()) {
                throw new LiveException(
                        source() + " has not stopped within " + PATIENCE.toSeconds() + " seconds.", null);
            }
            patience.pause();
        }
        progress.accept(source() + " is stopped");
    }

    private static boolean isStopped(ConnectorStatus status) {
        return status.connector().state().equals("STOPPED") && status.tasks().isEmpty();
    }

    private void start() throws InterruptedException {
        services.workers().resume(source());
        progress.accept(source() + " is started");
    }

    private void startAfter(LiveException failure) throws InterruptedException {
        try {
            start();
        } catch (LiveException e) {
            failure.addSuppressed(e);
        }
    }

    private String source() {
        return desired.source().name();
    }

    private void append(Lease lease, String event, OpenReplay replay) throws InterruptedException {
        services.facts()
                .append(new LogEntry(
                        desired.contractId(),
                        desired.environment(),
                        lease.state().applies(),
                        event,
                        clock.instant(),
                        who,
                        lease.state().version(),
                        lease.state().version(),
                        replay.what(),
                        event.equals(ReplayLog.BEGUN) ? replay.offsets() : "",
                        ""));
    }
}
