package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.Attributes;
import io.catalogconnect.catalogctl.resource.Ownership;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person has confirmed: a contract and changes. An apply may make these changes or a part of them, because an apply that
 * was killed has made the others.
 *
 * @param contractDigest digest of the text of the contract
 * @param fromVersion version that was applied last when the plan was made; empty for none
 * @param changes the changes, with hidden values of secrets
 */
public record ReviewedPlan(String contractDigest, String fromVersion, List<Change> changes) {
    public ReviewedPlan {
        changes = List.copyOf(changes);
    }

    /** The plan as a person has seen it. */
    public static ReviewedPlan of(Plan plan) {
        return new ReviewedPlan(
                Ownership.digest(plan.desired().text()),
                plan.fromVersion(),
                plan.changes().stream().map(ReviewedPlan::shown).toList());
    }

    /** What a plan has that was not confirmed, one line each; empty if it may be applied. */
    public List<String> unconfirmed(Plan plan) {
        List<String> lines = new ArrayList<>();
        ReviewedPlan now = of(plan);
        if (!now.contractDigest.equals(contractDigest)) {
            lines.add("the text of the contract is another one");
        }
        // A complete apply has recorded the version of the contract.
        if (!plan.isRecorded() && !now.fromVersion.equals(fromVersion)) {
            lines.add("the version that was applied last was " + version(fromVersion) + " and is "
                    + version(now.fromVersion));
        }
        now.changes.stream().flatMap(change -> unconfirmed(change).stream()).forEach(lines::add);
        return lines;
    }

    private static String version(String version) {
        return version.isEmpty() ? "none" : version;
    }

    private Optional<String> unconfirmed(Change change) {
        Optional<Change> confirmed = find(change.resource());
        if (confirmed.filter(known -> isSameKind(known, change)).isEmpty()) {
            return Optional.of(change.action().word() + " " + change.resource() + describe(change.differences()));
        }
        List<Difference> others = change.differences().stream()
                .filter(difference -> !covers(confirmed.get(), difference))
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(change.resource() + describe(others));
    }

    private Optional<Change> find(ResourceKey resource) {
        return changes.stream()
                .filter(change -> change.resource().equals(resource))
                .findFirst();
    }

    /** A resource that was created or adopted in the meantime may have to be completed, but not the other way around. */
    private static boolean isSameKind(Change confirmed, Change now) {
        return switch (now.action()) {
            case CREATE, ADOPT -> confirmed.action() == now.action();
            case CHANGE, DRIFT -> true;
            case REFUSE -> false;
        };
    }

    private static boolean covers(Change confirmed, Difference difference) {
        // A connector is created stopped.
        boolean isNotStarted =
                confirmed.action() == Action.CREATE && difference.attribute().equals(Attributes.STATE);
        return isNotStarted
                || confirmed.differences().stream()
                        .anyMatch(known -> known.attribute().equals(difference.attribute())
                                && known.wanted().equals(difference.wanted())
                                && known.live().equals(difference.live()));
    }

    private static String describe(List<Difference> differences) {
        return differences.isEmpty()
                ? ""
                : ": "
                        + String.join(
                                ", ",
                                differences.stream()
                                        .map(difference -> difference.attribute() + " " + value(difference.wanted())
                                                + ", live " + value(difference.live()))
                                        .toList());
    }

    private static String value(String value) {
        return value.isEmpty() ? "(none)" : value.replaceAll("\\s+", " ");
    }

    private static Change shown(Change change) {
        return new Change(
                change.action(),
                change.resource(),
                change.summary(),
                change.differences().stream()
                        .map(difference -> new Difference(
                                difference.attribute(),
                                PlanText.shown(difference.attribute(), difference.wanted()),
                                PlanText.shown(difference.attribute(), difference.live()),
                                difference.isDrift()))
                        .toList());
    }
}
