package io.catalogconnect.catalogctl.apply;

import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import io.catalogconnect.contract.report.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of an apply.
 *
 * @param number number of the apply
 * @param done changes that were made
 * @param failures changes that failed; they may have been made in part
 * @param left changes that were not tried
 * @param interruption why the apply was interrupted, or its result is not recorded; empty if it was recorded
 */
public record ApplyReport(
        long number, List<Change> done, List<Failure> failures, List<Change> left, Optional<String> interruption) {
    public ApplyReport {
        done = List.copyOf(done);
        failures = List.copyOf(failures);
        left = List.copyOf(left);
    }

    /** A change that failed. */
    public record Failure(Change change, String message) {}

    /** True if everything was done and recorded. */
    public boolean isComplete() {
        return failures.isEmpty() && left.isEmpty() && interruption.isEmpty();
    }

    /** True if a change was tried: it may have been made in part, even if it failed. */
    public boolean hasTried() {
        return !done.isEmpty() || !failures.isEmpty();
    }

    /** The same, with the reason why it is not recorded. */
    ApplyReport interrupted(String reason) {
        return new ApplyReport(number, done, failures, left, Optional.of(reason));
    }

    /** The numbers of resources, as in {@code 3 tables, 4 topics, 2 connectors created; 1 failed; 2 left}. */
    public String counts() {
        List<String> parts = new ArrayList<>();
        for (Action action : Action.values()) {
            String resources = resources(action);
            if (!resources.isEmpty()) {
                parts.add(resources + " " + action.past());
            }
        }
        if (!failures.isEmpty()) {
            parts.add(failures.size() + " failed");
        }
        if (!left.isEmpty()) {
            parts.add(left.size() + " left");
        }
        return parts.isEmpty() ? "nothing had to be changed" : String.join("; ", parts);
    }

    /** The numbers as a sentence, and what to do after a failure. */
    public String summary() {
        if (isComplete()) {
            return counts() + ".";
        }
        return counts() + ". Nothing has to be undone. "
                + (failures.isEmpty() ? "Run the command again." : "Correct what failed, and run the command again.");
    }

    private String resources(Action action) {
        List<String> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            long count = done.stream()
                    .filter(change ->
                            change.action() == action && change.resource().kind() == kind)
                    .count();
            if (count > 0) {
                kinds.add(Counted.of(count, kind.word()));
            }
        }
        return String.join(", ", kinds);
    }
}
