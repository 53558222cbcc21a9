package io.catalogconnect.catalogctl.retire;

import io.catalogconnect.catalogctl.apply.Lease;
import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.Operator;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.plan.Live;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.resource.Acl;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.contract.lint.SecretKeys;
import io.catalogconnect.contract.report.JsonText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes resources that were applied and are not in the contract any more. Only resources that a person has named are deleted.
 * It can be killed at any point and run again: a resource is forgotten after it was deleted and that was logged, and an absent or
 * forgotten one is not an error.
 */
public final class Retirement {
    private static final String RETIRED = "retired";

    private final Desired desired;
    private final Services services;
    private final Clock clock;
    private final Operator operator;
    private final Consumer<String> progress;

    /** @param progress receives a line for each deleted resource, and for each history that is kept */
    public Retirement(Desired desired, Services services, Clock clock, Operator operator, Consumer<String> progress) {
        this.desired = desired;
        this.services = services;
        this.clock = clock;
        this.operator = operator;
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
     * Deletes resources: connectors first, tables last. Resources that were deleted before are not an error.
     *
     * @param names names that a person has typed, or kinds and names such as {@code table orders}
     * @return why not all are deleted; empty if all are
     * @throws RefusedException if one of them must not be deleted; then none is
     * @throws LeaseHeldException if another process applies the contract
     */
    public Optional<String> delete(Set<String> names)
            throws RefusedException, LeaseHeldException, InterruptedException {
        RefusedException.throwIf(desired.draftRefusal());
        Live before = LiveReader.read(desired, services);
        deletable(before, names);
        Lease lease = Lease.take(services.facts(), clock, before.state(), state -> state, "retire", operator);
        return lease.during(held -> {
            Live live = LiveReader.read(desired, services);
            return delete(held, deletable(live, names), live.log());
        });
    }

    private Optional<String> delete(Lease lease, List<ResourceKey> resources, List<LogEntry> log)
            throws InterruptedException {
        for (ResourceKey resource : resources) {
            try {
                lease.renew();
                delete(resource, lease.state().resources().getOrDefault(resource, Map.of()));
                if (!isLogged(log, resource, lease.state().applies())) {
                    append(lease, resource);
                }
                lease.forget(resource);
            } catch (LiveException | LeaseHeldException e) {
                lease.releaseAfter(e);
                return Optional.of(resource + " is not deleted, or not recorded as deleted: " + e.getMessage());
            }
            progress.accept("- " + resource);
        }
        return Optional.empty();
    }

    /** True if a command that was killed has deleted the resource and has written that to the log. */
    private static boolean isLogged(List<LogEntry> log, ResourceKey resource, long apply) {
        return log.stream().anyMatch(entry -> isRetired(entry, resource) && entry.apply() == apply);
    }

    private static boolean isRetired(LogEntry entry, ResourceKey resource) {
        return entry.event().equals(RETIRED) && entry.what().equals(resource.toString());
    }

    private List<ResourceKey> deletable(Live live, Set<String> names) throws RefusedException, InterruptedException {
        List<ResourceKey> orphans = orphans(live);
        List<ResourceKey> named = orphans.stream()
                .filter(resource -> isNamed(resource, names))
                .sorted(Comparator.reverseOrder())
                .toList();
        Set<ResourceKey> deleted = deletedBefore(live);
        List<String> reasons = new ArrayList<>();
        for (String name : names) {
            boolean isKnown = Stream.concat(named.stream(), deleted.stream())
                    .anyMatch(resource -> isNamed(resource, Set.of(name)));
            if (!isKnown) {
                reasons.add("'" + name + "' is not a resource that the contract has left behind."
                        + (orphans.isEmpty()
                                ? " There are none."
                                : orphans.stream()
                                        .map(ResourceKey::toString)
                                        .collect(Collectors.joining(", ", " These are: ", "."))));
            }
        }
        DeletionRules rules = new DeletionRules(live, services, Set.copyOf(named));
        for (ResourceKey resource : named) {
            rules.refusal(resource).ifPresent(reason -> reasons.add(resource + " is not deleted: " + reason));
        }
        if (!reasons.isEmpty()) {
            throw new RefusedException(String.join(System.lineSeparator(), reasons));
        }
        return named;
    }

    private static boolean isNamed(ResourceKey resource, Set<String> names) {
        return names.contains(resource.name()) || names.contains(resource.toString());
    }

    /** The resources that the log contains as deleted, and that the contract does not have again. */
    private Set<ResourceKey> deletedBefore(Live live) {
        Set<ResourceKey> deleted = live.log().stream()
                .filter(entry -> entry.event().equals(RETIRED))
                .map(entry -> ResourceKey.parse(entry.what()))
                .collect(Collectors.toSet());
        deleted.removeAll(desired.resources().keySet());
        return deleted;
    }

    private void delete(ResourceKey resource, Map<String, String> applied) throws InterruptedException {
        switch (resource.kind()) {
            case TABLE -> new TableDeletion(desired, services.tables(), progress).delete(resource.name(), applied);
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
        Map<String, String> attributes = new TreeMap<>(lease.state().resources().getOrDefault(resource, Map.of()));
        attributes.replaceAll(SecretKeys::shown);
        services.facts()
                .append(new LogEntry(
                        desired.contractId(),
                        desired.environment(),
                        lease.state().applies(),
                        RETIRED,
                        clock.instant(),
                        operator.who(),
                        lease.state().version(),
                        lease.state().version(),
                        resource.toString(),
                        JsonText.of(attributes),
                        desired.text()));
    }
}
