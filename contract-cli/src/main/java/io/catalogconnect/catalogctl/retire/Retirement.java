package io.catalogconnect.catalogctl.retire;

import io.catalogconnect.catalogctl.apply.Holder;
import io.catalogconnect.catalogctl.apply.Lease;
import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.plan.Live;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.resource.Acl;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Deletes resources that were applied and are not in the contract any more. Only resources that a person has named are deleted.
 * It can be killed at any point and run again: a resource is forgotten after it was deleted, and an absent one is not an error.
 */
public final class Retirement {
    private final Desired desired;
    private final Services services;
    private final Clock clock;
    private final String who;
    private final Consumer<String> progress;

    /**
     * @param who the person or job that runs the command, for the log
     * @param progress receives a line for each deleted resource
     */
    public Retirement(Desired desired, Services services, Clock clock, String who, Consumer<String> progress) {
        this.desired = desired;
        this.services = services;
        this.clock = clock;
        this.who = who;
        this.progress = progress;
    }

    /** The resources that were applied and are not in the contract any more. */
    public List<ResourceKey> orphans() throws InterruptedException {
        return orphans(LiveReader.read(desired, services));
    }

    private List<ResourceKey> orphans(Live live) {
        Set<ResourceKey> wanted = desired.resources().keySet();
        return live.state().resources().keySet().stream()
                .filter(resource -> !wanted.contains(resource))
                .toList();
    }

    /**
     * Deletes resources: connectors first, tables last.
     *
     * @param names names that a person has typed
     * @throws RefusedException if one of them must not be deleted; then none is
     * @throws LeaseHeldException if another process applies the contract
     */
    public void delete(Set<String> names) throws RefusedException, LeaseHeldException, InterruptedException {
        Live before = LiveReader.read(desired, services);
        deletable(before, names);
        Lease lease = Lease.take(
                services.facts(),
                clock,
                before.state(),
                state -> state,
                Holder.current("retire", who).toString(),
                false);
        try {
            for (ResourceKey resource : deletable(LiveReader.read(desired, services), names)) {
                lease.renew();
                delete(resource);
                lease.forget(resource);
                append(lease, resource);
                progress.accept("- " + resource);
            }
        } catch (RefusedException | LiveException e) {
            lease.release(state -> state);
            throw e;
        }
        lease.release(state -> state);
    }

    private List<ResourceKey> deletable(Live live, Set<String> names) throws RefusedException {
        List<ResourceKey> orphans = orphans(live);
        List<ResourceKey> named = orphans.stream()
                .filter(resource -> names.contains(resource.name()))
                .sorted(Comparator.reverseOrder())
                .toList();
        List<String> reasons = new ArrayList<>();
        for (String name : names) {
            if (named.stream().noneMatch(resource -> resource.name().equals(name))) {
                reasons.add("'" + name + "' is not a resource that the contract has left behind."
                        + (orphans.isEmpty()
                                ? " There are none."
                                : orphans.stream()
                                        .map(ResourceKey::toString)
                                        .collect(Collectors.joining(", ", " These are: ", "."))));
            }
        }
        DeletionRules rules = new DeletionRules(desired.contractId(), live, services);
        for (ResourceKey resource : named) {
            rules.refusal(resource).ifPresent(reason -> reasons.add(resource + " is not deleted: " + reason));
        }
        if (!reasons.isEmpty()) {
            throw new RefusedException(String.join(System.lineSeparator(), reasons));
        }
        return named;
    }

    private void delete(ResourceKey resource) throws InterruptedException {
        switch (resource.kind()) {
            case TABLE -> {
                desired.history(resource.name()).ifPresent(services.tables()::delete);
                services.tables().delete(resource.name());
            }
            case TOPIC -> services.topics().delete(resource.name());
            case GRANT -> services.tables().revoke(resource.grant());
            case ACL -> {
                for (Acl acl : services.acls().find().orElse(Set.of())) {
                    if (acl.toString().equals(resource.name())) {
                        services.acls().delete(acl);
                    }
                }
            }
            case CONNECTOR -> services.workers().delete(resource.name());
        }
    }

    private void append(Lease lease, ResourceKey resource) throws InterruptedException {
        services.facts()
                .append(new LogEntry(
                        desired.contractId(),
                        desired.environment(),
                        lease.state().applies(),
                        "retired",
                        clock.instant(),
                        who,
                        lease.state().version(),
                        lease.state().version(),
                        resource.toString(),
                        Optional.ofNullable(lease.state().resources().get(resource))
                                .map(Object::toString)
                                .orElse(""),
                        desired.text()));
    }
}
