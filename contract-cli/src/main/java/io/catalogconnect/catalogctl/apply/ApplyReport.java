package io.catalogconnect.catalogctl.apply;

import io.catalogconnect.catalogctl.plan.Change;
import java.util.List;

/**
 * The result of an apply.
 *
 * @param number number of the apply
 * @param done changes that were made
 * @param failures changes that failed; they may have been made in part
 * @param left changes that were not tried
 */
public record ApplyReport(long number, List<Change> done, List<Failure> failures, List<Change> left) {
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
}
