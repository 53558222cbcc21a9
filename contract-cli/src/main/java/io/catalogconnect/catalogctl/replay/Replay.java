package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.apply.Lease;
import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.Operator;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.live.Bucket;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ReplayLog;
import io.catalogconnect.catalogctl.live.ReplayLog.OpenReplay;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Has a source read files again: stops it, sets the offsets of the files, and starts it. The log describes the replay before the
 * first step, so that {@link #resume} can end a replay that was killed between any two steps. If a step fails, the replay stays
 * open. The source is then started again, unless the rows would be doubled if {@link #resume} set the offsets once more after it
 * has read files.
 */
public final class Replay {
    private static final String APPLY_FIRST = "Run catalogctl apply first.";
    /** An apply is refused while a replay is open. */
    private static final String APPLY_AND_BEGIN_AGAIN =
            "Give the replay up with --abandon, run catalogctl apply, and begin the replay again.";

    private final Desired desired;
    private final Services services;
    private final Clock clock;
    private final Operator operator;
    private final Consumer<String> progress;
    private final ReplayedSource source;

    /** @param progress receives a line for each step */
    public Replay(Desired desired, Services services, Clock clock, Operator operator, Consumer<String> progress) {
        this.desired = desired;
        this.services = services;
        this.clock = clock;
        this.operator = operator;
        this.progress = progress;
        this.source = new ReplayedSource(services.workers(), desired.source().name(), progress);
    }

    /**
     * Runs a replay.
     *
     * @param what the files, for the log
     * @param accepted the effect on the tables that a person has agreed to
     * @throws RefusedException if another one is open, the contract was not applied, is a draft or is retired, or nobody has
     *     agreed to the effect
     * @throws LeaseHeldException if another process applies or replays the contract
     */
    public void run(ReplayPlan plan, String what, Redelivery accepted)
            throws RefusedException, LeaseHeldException, InterruptedException {
        checkStatus();
        Redelivery effect = Redelivery.of(desired.sink().config());
        RefusedException.throwIf(
                effect.refusal(desired, plan, services.tables()::sqlName).filter(reason -> accepted != effect));
        underLease(lease -> {
            checkDeployed(APPLY_FIRST);
            List<LogEntry> log = log();
            Optional<OpenReplay> open = ReplayLog.open(log);
            if (open.isPresent()) {
                throw new RefusedException(
                        open.get() + " has not ended. End it with --resume, or give it up with" + " --abandon.");
            }
            OpenReplay replay =
                    new OpenReplay(ReplayLog.next(log), clock.instant(), operator.who(), what, plan.offsets(), false);
            append(lease, ReplayLog.BEGUN, replay);
            finish(lease, replay, plan.objects());
        });
    }

    /**
     * Ends the open replay.
     *
     * @param bucket bucket of the source; it is listed unless the offsets are set
     * @throws RefusedException if none is open, the contract is a draft or is retired, the sink runs with another delivery, or a
     *     file was deleted
     * @throws LeaseHeldException if another process applies or replays the contract
     */
    public void resume(Bucket bucket) throws RefusedException, LeaseHeldException, InterruptedException {
        checkStatus();
        underLease(lease -> {
            OpenReplay replay = open();
            checkDeployed(APPLY_AND_BEGIN_AGAIN);
            finish(
                    lease,
                    replay,
                    replay.isSet() ? List.of() : ReplayOffsets.objects(replay.offsets(), bucket.objects()));
        });
    }

    /** An open replay can be given up in any status. */
    private void checkStatus() throws RefusedException {
        RefusedException.throwIf(desired.draftRefusal());
        if (desired.isRetired()) {
            throw new RefusedException(
                    "The status of the contract is retired, so its files are not read again. To give up a"
                            + " replay that has not ended, use --abandon.");
        }
    }

    /** The sink that runs decides whether rows are doubled, not a contract that was not applied. */
    private void checkDeployed(String advice) throws RefusedException, InterruptedException {
        Map<String, Map<String, String>> deployed = deployed();
        for (Connector wanted : desired.connectors()) {
            if (!deployed.containsKey(wanted.name())) {
                throw new RefusedException("The connector " + wanted.name() + " does not exist. " + advice);
            }
        }
        Map<String, String> sink = deployed.getOrDefault(desired.sink().name(), Map.of());
        if (Redelivery.of(sink) != Redelivery.of(desired.sink().config())) {
            throw new RefusedException("The connector " + desired.sink().name()
                    + " runs with another delivery than the contract has. " + advice);
        }
    }

    private Map<String, Map<String, String>> deployed() throws InterruptedException {
        return services.workers().connectors().stream()
                .collect(Collectors.toMap(DeployedConnector::name, DeployedConnector::config));
    }

    /**
     * Gives the open replay up: starts the source unless it was deleted. Files whose offsets were set are read again
     * nevertheless.
     *
     * @throws RefusedException if none is open
     * @throws LeaseHeldException if another process applies or replays the contract
     */
    public void abandon() throws RefusedException, LeaseHeldException, InterruptedException {
        underLease(lease -> {
            OpenReplay replay = open();
            if (deployed().containsKey(source.name())) {
                source.start();
            }
            append(lease, ReplayLog.ABANDONED, replay);
        });
    }

    @FunctionalInterface
    private interface Work {
        void run(Lease lease) throws RefusedException, LeaseHeldException, InterruptedException;
    }

    private void underLease(Work work) throws RefusedException, LeaseHeldException, InterruptedException {
        take().during(lease -> {
            work.run(lease);
            return true;
        });
    }

    private OpenReplay open() throws RefusedException {
        return ReplayLog.open(log())
                .orElseThrow(() -> new RefusedException("No replay of " + desired.name() + " is open."));
    }

    private List<LogEntry> log() {
        return services.facts().log(desired.contractId(), desired.environment());
    }

    private Lease take() throws RefusedException, LeaseHeldException, InterruptedException {
        ContractState state = services.facts()
                .state(desired.contractId(), desired.environment())
                .orElseThrow(() -> new RefusedException(desired.name() + " was not applied here. " + APPLY_FIRST));
        return Lease.take(services.facts(), clock, state, taken -> taken, "replay", operator);
    }

    /** While the source runs, a watermark may pass a file, so the offsets are those for the progress of the stopped source. */
    private void finish(Lease lease, OpenReplay replay, List<DeliveredObject> objects)
            throws LeaseHeldException, InterruptedException {
        try {
            if (!replay.isSet()) {
                source.stop();
                // A process that has broken the lease may have started the source already.
                lease.confirm();
                services.workers()
                        .setOffsets(
                                source.name(),
                                ReplayOffsets.request(
                                        objects, services.workers().progress(source.name())));
                append(lease, ReplayLog.SET, replay);
                progress.accept("the offsets of " + replay.what() + " are set");
            }
        } catch (LiveException e) {
            boolean isKeptStopped = Redelivery.of(desired.sink().config()) == Redelivery.DUPLICATES;
            if (!isKeptStopped) {
                source.startAfter(e);
            }
            throw new LiveException(
                    e.getMessage() + " Replay " + replay.number()
                            + (isKeptStopped ? " has not ended, and the source is not started." : " has not ended.")
                            + " Run it again with --resume, or give it up with --abandon.",
                    e);
        }
        source.start();
        append(lease, ReplayLog.ENDED, replay);
    }

    private void append(Lease lease, String event, OpenReplay replay) throws InterruptedException {
        services.facts()
                .append(new LogEntry(
                        desired.contractId(),
                        desired.environment(),
                        lease.state().applies(),
                        event,
                        clock.instant(),
                        operator.who(),
                        lease.state().version(),
                        lease.state().version(),
                        replay.what(),
                        event.equals(ReplayLog.BEGUN) ? replay.offsets() : "",
                        ""));
    }
}
