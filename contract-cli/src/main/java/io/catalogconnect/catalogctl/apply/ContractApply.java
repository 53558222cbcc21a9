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
import io.catalogconnect.catalogctl.resource.HistoryRecord;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import io.catalogconnect.contract.compare.Consent;
import io.catalogconnect.contract.report.Counted;
import java.time.Clock;
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
    private final Services services;
    private final Clock clock;
    private final String who;
    private final Consumer<String> progress;
    private final Startup startup;

    /**
     * @param who the person or job that applies, for the log
     * @param progress receives a line for each step
     */
    public ContractApply(Services services, Clock clock, String who, Consumer<String> progress) {
        this(services, clock, who, progress, Startup.Times.DEFAULT);
    }

    ContractApply(Services services, Clock clock, String who, Consumer<String> progress, Startup.Times times) {
        this.startup = new Startup(services.workers(), times);
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
     * @param review why a plan is not the one that was confirmed, as complete sentences; empty if it is
     * @param planText writes a plan for the log
     */
    public record Options(
            boolean adopt,
            boolean breakLease,
            Set<Consent> accepted,
            Function<Plan, Optional<String>> review,
            Function<Plan, String> planText) {
        /** Nothing is adopted or accepted, and any plan is applied. */
        public static Options plain(Function<Plan, String> planText) {
            return new Options(false, false, Set.of(), plan -> Optional.empty(), planText);
        }
    }

    /**
     * Applies a contract.
     *
     * @throws LeaseHeldException if another process applies the contract
     * @throws RefusedException if the contract is a draft, or the plan, which is repeated under the lease, must not be applied
     */
    public ApplyReport apply(Desired desired, Options options)
            throws LeaseHeldException, RefusedException, InterruptedException {
        RefusedException.throwIf(desired.draftRefusal());
        services.tables().createDataset();
        ContractState before = services.facts()
                .state(desired.contractId(), desired.environment())
                .orElseGet(() -> ContractState.none(desired.contractId(), desired.environment()));
        Lease lease = Lease.take(
                services.facts(),
                clock,
                before,
                ContractState::nextApply,
                "apply",
                new Operator(who, options.breakLease()));
        progress.accept("lease taken (apply " + lease.state().applies() + ")");
        return lease.during(held -> underLease(desired, options, held));
    }

    private ApplyReport underLease(Desired desired, Options options, Lease lease)
            throws LeaseHeldException, RefusedException, InterruptedException {
        Live live = LiveReader.read(desired, services);
        Plan plan = Planner.plan(desired, live, options.adopt());
        RefusedException.throwIf(
                plan.refusal(options.accepted()).or(() -> options.review().apply(plan)));
        lease.claim(claims(plan, live));
        append(lease, LogEntry.BEGUN, plan, Counted.of(plan.changes().size(), "change"), options);
        return record(new Applier(plan, services, startup, progress).run(lease), plan, lease, options);
    }

    /** The resources of the contract with the attributes that were applied last and the histories to which the sink will append. */
    private static Map<ResourceKey, Map<String, String>> claims(Plan plan, Live live) {
        Map<ResourceKey, Map<String, String>> claims = new TreeMap<>();
        for (ResourceKey resource : plan.owned()) {
            Map<String, String> applied = live.state().resources().getOrDefault(resource, Map.of());
            boolean exists = live.histories().containsKey(resource.name());
            claims.put(
                    resource,
                    resource.kind() == Kind.TABLE
                            ? HistoryRecord.add(applied, plan.desired().history(resource.name()), exists)
                            : applied);
        }
        return claims;
    }

    /**
     * Writes the result to the log, and then to the facts: a result that was not written to the log must not count as applied,
     * so that the next apply writes it. The changes are made, so a failure is part of the result.
     */
    private ApplyReport record(ApplyReport report, Plan plan, Lease lease, Options options)
            throws InterruptedException {
        try {
            append(lease, report.isComplete() ? LogEntry.APPLIED : LogEntry.FAILED, plan, report.counts(), options);
            lease.release(state -> recorded(state, plan, report));
            return report;
        } catch (LiveException | LeaseHeldException e) {
            lease.releaseAfter(e);
            return report.interrupted(report.interruption().orElse("The result is not recorded: " + e.getMessage()));
        }
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
                resources.put(
                        resource,
                        HistoryRecord.keep(attributes, state.resources().getOrDefault(resource, Map.of())));
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
}
