package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares the access of a contract with that of an environment. Access carries no mark: it is the contract's if its facts contain
 * it. Other access is never taken over without a request, so it is never removed. For one plan.
 */
final class AccessComparison {
    private final Live live;
    private final boolean adopt;
    private final Set<ResourceKey> granted = new HashSet<>();
    private final Set<ResourceKey> foreign = new TreeSet<>();
    private final Set<ResourceKey> withoutAuthorizer = new TreeSet<>();

    AccessComparison(Live live, boolean adopt) {
        this.live = live;
        this.adopt = adopt;
        live.grants().forEach(grant -> granted.add(ResourceKey.of(grant)));
        live.acls().ifPresent(acls -> acls.forEach(acl -> granted.add(ResourceKey.of(acl))));
    }

    /** True if the environment has the access. */
    boolean isGranted(ResourceKey access) {
        return granted.contains(access);
    }

    /** The change that gives the access; empty if there is nothing to do. */
    Optional<Change> compare(ResourceKey access) {
        if (access.kind() == Kind.ACL && live.acls().isEmpty()) {
            withoutAuthorizer.add(access);
            return Optional.empty();
        }
        Map<String, String> applied = live.state().resources().get(access);
        if (!isGranted(access)) {
            return Optional.of(
                    applied == null || applied.isEmpty()
                            ? new Change(Action.CREATE, access, "", List.of())
                            : new Change(Action.DRIFT, access, "was removed outside of the contract", List.of()));
        }
        boolean isShared =
                live.others().stream().anyMatch(state -> state.resources().containsKey(access));
        if (applied != null || isShared) {
            return Optional.empty();
        }
        if (adopt) {
            return Optional.of(new Change(Action.ADOPT, access, "exists and belongs to no contract", List.of()));
        }
        foreign.add(access);
        return Optional.empty();
    }

    /** The access of the contract that does not become the contract's. Complete after the last comparison. */
    Set<ResourceKey> kept() {
        Set<ResourceKey> kept = new TreeSet<>(foreign);
        kept.addAll(withoutAuthorizer);
        return kept;
    }

    /** What an apply leaves as it is. Complete after the last comparison. */
    List<String> notes(Desired desired) {
        List<String> notes = new ArrayList<>();
        foreign.forEach(access -> notes.add(access + " exists and belongs to no contract. catalogctl keeps it."
                + " --adopt makes it part of this contract."));
        Set<ResourceKey> wanted = desired.resources().keySet();
        live.grants().stream()
                .map(ResourceKey::of)
                .filter(grant ->
                        !wanted.contains(grant) && !live.state().resources().containsKey(grant))
                .sorted()
                .forEach(grant -> notes.add(grant + " is not in the contract. catalogctl keeps it."));
        if (!withoutAuthorizer.isEmpty()) {
            notes.add("Kafka has no authorizer: it permits everything, and the " + withoutAuthorizer.size()
                    + " ACLs of the contract are not created.");
        }
        return notes;
    }
}
