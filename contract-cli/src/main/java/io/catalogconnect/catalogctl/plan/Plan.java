package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.live.ReplayLog.OpenReplay;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.contract.compare.Consent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The difference between a contract and an environment.
 *
 * @param fromVersion version that was applied last; empty for none
 * @param isRecorded whether the text of the contract is the one that was applied last
 * @param versions differences between the contract and the one that was applied last
 * @param changes differences in the order in which they are applied
 * @param kept access of the contract that an apply leaves to its owner
 * @param orphans resources that were applied and are not in the contract any more
 * @param notes differences that an apply keeps
 * @param replay the replay that has not ended
 */
public record Plan(
        Desired desired,
        String fromVersion,
        boolean isRecorded,
        VersionChanges versions,
        List<Change> changes,
        Set<ResourceKey> kept,
        List<ResourceKey> orphans,
        List<String> notes,
        Optional<OpenReplay> replay) {
    public Plan {
        changes = List.copyOf(changes);
        kept = Set.copyOf(kept);
        orphans = List.copyOf(orphans);
        notes = List.copyOf(notes);
    }

    /** The changes with an action. */
    public List<Change> changes(Action action) {
        return changes.stream().filter(change -> change.action() == action).toList();
    }

    /** The resources that are the contract's after an apply. */
    public Set<ResourceKey> owned() {
        Set<ResourceKey> owned = new TreeSet<>(desired.resources().keySet());
        owned.removeAll(kept);
        return owned;
    }

    /** Why the plan must not be applied, as complete sentences; empty if it may be. */
    public Optional<String> refusal(Set<Consent> accepted) {
        return conflict(accepted).or(desired::draftRefusal);
    }

    /** The same for a contract that is only planned: its status does not matter. */
    public Optional<String> conflict(Set<Consent> accepted) {
        if (!changes(Action.REFUSE).isEmpty()) {
            return Optional.of("The plan contains resources that must not be changed.");
        }
        return versions.refusal().or(() -> versions.missing(accepted));
    }
}
