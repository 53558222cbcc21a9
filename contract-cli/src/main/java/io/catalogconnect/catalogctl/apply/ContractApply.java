package io.catalogconnect.catalogctl.apply;

import io.catalogconnect.catalogctl.apply.ApplyReport.Failure;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Live;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.Planner;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.contract.compare.Consent;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Applies a contract to an environment: takes the lease, repeats the plan, makes its changes and records them. It can be
 * killed at any point and run again.
 */
public final class ContractApply {
    /** Refusal of a plan that is not the present one. */
    public static final String STALE =
            "The environment or the contract has changed since the plan was made. Make a new plan.";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    private final Services services;
    private final Clock clock;
    private final String who;
    private final Consumer<String> progress;

    /**
     * @param who the person or job that applies, for the log
     * @param progress receives a line for each step
     */
    public ContractApply(Services services, Clock clock, String who, Consumer<String> progress) {
        this.services = services;
        this.clock = clock;
        this.who = who;
        this.progress = progress;
    }

    /**
     * Options of an apply.
     *
     * @param adopt whether resources that belong to no contract become the contract's
     * @param breakLease whether the lease of another process is ended
     * @param accepted what a person has agreed to
     * @param digest digest of the plan that was confirmed; empty for any plan
     * @param planText writes a plan for the log
     */
    public record Options(
            boolean adopt, boolean breakLease, Set<Consent> accepted, String digest, Function<Plan, String> planText) {}

    /**
     * Applies a contract.
     *
     * @throws LeaseHeldException if another process applies the contract
     * @throws RefusedException if the plan, which is repeated under the lease, must not be applied
     */
    public ApplyReport apply(Desired desired, Options options)
            throws LeaseHeldException, RefusedException, InterruptedException {
        services.tables().createDataset();
        ContractState before = LiveReader.read(desired, services).state();
        String holder = Holder.current("apply", who).toString();
        Lease lease =
                Lease.take(services.facts(), clock, before, ContractState::nextApply, holder, options.breakLease());
        progress.accept("lease taken (apply " + lease.state().applies() + ")");
        try {
            return underLease(desired, options, lease);
        } catch (RefusedException | RuntimeException e) {
            try {
                lease.release(state -> state);
            } catch (LiveException hidden) {
                e.addSuppressed(hidden);
            }
            throw e;
        }
    }

    private ApplyReport underLease(Desired desired, Options options, Lease lease)
            throws LeaseHeldException, RefusedException, InterruptedException {
        Live live = LiveReader.read(desired, services);
        Plan plan = Planner.plan(desired, live, options.adopt());
        Optional<String> refusal = plan.refusal(options.accepted());
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
        if (!options.digest().isEmpty() && !options.digest().equals(plan.digest())) {
            throw new RefusedException(STALE);
        }
        lease.claim(plan.owned());
        append(lease, "begun", plan, plan.changes().size() + " changes", options);
        ApplyReport report = new Applier(plan, services, START_TIMEOUT, progress).run(lease);
        lease.release(state -> recorded(state, plan, report));
        append(lease, report.isComplete() ? "applied" : "failed", plan, summary(report), options);
        return report;
    }

    /** The state after an apply: each resource that was changed or was right already has the attributes of the contract. */
    private static ContractState recorded(ContractState state, Plan plan, ApplyReport report) {
        Desired desired = plan.desired();
        Set<ResourceKey> owned = plan.owned();
        Map<ResourceKey, Map<String, String>> resources = new TreeMap<>(state.resources());
        Set<ResourceKey> open = Stream.concat(
                        report.left().stream(), report.failures().stream().map(Failure::change))
                .map(Change::resource)
                .collect(Collectors.toSet());
        desired.resources().forEach((resource, attributes) -> {
            if (owned.contains(resource) && !open.contains(resource)) {
                resources.put(resource, attributes);
            }
        });
        ContractState changed = state.withResources(resources);
        return report.isComplete() ? changed.applied(desired.version(), desired.text()) : changed;
    }

    private void append(Lease lease, String event, Plan plan, String what, Options options)
            throws InterruptedException {
        Desired desired = plan.desired();
        services.facts()
                .append(new LogEntry(
                        desired.contractId(),
                        desired.environment(),
                        lease.state().applies(),
                        event,
                        clock.instant(),
                        who,
                        plan.fromVersion(),
                        desired.version(),
                        what,
                        options.planText().apply(plan),
                        desired.text()));
    }

    private static String summary(ApplyReport report) {
        Map<String, Long> counts = report.done().stream()
                .collect(Collectors.groupingBy(change -> change.action().word(), TreeMap::new, Collectors.counting()));
        return counts + ", " + report.failures().size() + " failed, "
                + report.left().size() + " left";
    }
}
