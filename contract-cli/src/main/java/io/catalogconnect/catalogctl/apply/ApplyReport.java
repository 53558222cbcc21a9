package io.catalogconnect.catalogctl.apply;

import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The result of an apply.
 *
 * @param number number of the apply
 * @param done changes that were made
 * @param failures changes that failed; they may have been made in part
 * @param left changes that were not tried
 */
public record ApplyReport(long number, List<Change> done, List<Failure> failures, List<Change> left) {
    private static final Map<Action, String> DONE = Map.of(
            Action.CREATE, "created",
            Action.CHANGE, "changed",
            Action.DRIFT, "restored",
            Action.ADOPT, "adopted",
            Action.REFUSE, "refused");

    public ApplyReport {
        done = List.copyOf(done);
        failures = List.copyOf(failures);
        left = List.copyOf(left);
    }

    /** A change that failed. */
    public record Failure(Change change, String message) {}

    /** True if everything was done. */
    public boolean isComplete() {
        return failures.isEmpty() && left.isEmpty();
    }

    /** The numbers of resources, as in {@code 3 tables, 4 topics, 2 connectors created}. */
    public String summary() {
        List<String> parts = new ArrayList<>();
        for (Action action : Action.values()) {
            String resources = resources(action);
            if (!resources.isEmpty()) {
                parts.add(resources + " " + DONE.get(action));
            }
        }
        if (parts.isEmpty()) {
            parts.add("nothing had to be changed");
        }
        if (isComplete()) {
            return String.join("; ", parts) + ".";
        }
        parts.add(failures.size() + " failed");
        parts.add(left.size() + " left");
        return String.join("; ", parts) + ". Nothing has to be undone. Run the command again.";
    }

    private String resources(Action action) {
        List<String> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            long count = done.stream()
                    .filter(change ->
                            change.action() == action && change.resource().kind() == kind)
                    .count();
            if (count > 0) {
                kinds.add(count + " " + kind.word() + (count == 1 ? "" : "s"));
            }
        }
        return String.join(", ", kinds);
    }
}
