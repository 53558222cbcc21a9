package io.catalogconnect.catalogctl.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects problems of a state. Not thread-safe. */
final class ProblemList {
    private final List<Problem> found = new ArrayList<>();
    private final String arguments;
    private final boolean isDraft;
    private final boolean isInUse;

    ProblemList(Status status) {
        this.arguments = status.product().arguments();
        this.isDraft = status.product().isDraft();
        this.isInUse = status.operations().holder().isPresent();
    }

    /** A command for this contract. */
    String command(String command) {
        return "catalogctl " + command + " " + arguments;
    }

    /** How to apply the contract: the start of a sentence. */
    String apply() {
        return (isDraft ? "Set status: active in the contract, and run " : "Run ") + command("apply");
    }

    void add(String what, String advice) {
        found.add(new Problem(what, Optional.empty(), advice, false));
    }

    void add(String what, Instant since, String advice) {
        found.add(new Problem(what, Optional.of(since), advice, false));
    }

    /** Adds a problem without whose solution no rows are shown, unless another process may be solving it. */
    void block(String what, String advice) {
        found.add(new Problem(what, Optional.empty(), advice, !isInUse));
    }

    /** All problems in the order in which they were added. */
    List<Problem> found() {
        return List.copyOf(found);
    }
}
