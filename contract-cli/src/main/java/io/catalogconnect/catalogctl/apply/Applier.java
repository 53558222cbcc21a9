package io.catalogconnect.catalogctl.apply;

import io.catalogconnect.catalogctl.apply.ApplyReport.Failure;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the changes of a plan, and waits until the connectors run. For one apply. */
final class Applier {
    private final Plan plan;
    private final Services services;
    private final Startup startup;
    private final Consumer<String> progress;
    private final List<Change> done = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<Change> left = new ArrayList<>();

    Applier(Plan plan, Services services, Startup startup, Consumer<String> progress) {
        this.plan = plan;
        this.services = services;
        this.startup = startup;
        this.progress = progress;
    }

    /**
     * Makes all changes in their order. After a failure, other tables and topics are still changed, because they do not depend
     * on each other. Connectors are not changed after a failure. Nothing is changed without the lease.
     *
     * @throws LeaseHeldException if another process has taken the lease before the first change
     */
    ApplyReport run(Lease lease) throws LeaseHeldException, InterruptedException {
        Changes changes = new Changes(plan.desired(), services);
        @Nullable Kind failed = null;
        Optional<String> interruption = Optional.empty();
        for (Change change : plan.changes()) {
            Kind kind = change.resource().kind();
            boolean isKept = failed != null && (failed != kind || kind == Kind.CONNECTOR);
            if (isKept || interruption.isPresent()) {
                left.add(change);
                continue;
            }
            interruption = renew(lease);
            if (interruption.isPresent()) {
                left.add(change);
            } else if (!make(changes, change)) {
                failed = kind;
            }
        }
        return new ApplyReport(lease.state().applies(), done, failures, left, interruption);
    }

    /** Returns why the lease could not be renewed; empty if the process has it. */
    private Optional<String> renew(Lease lease) throws LeaseHeldException, InterruptedException {
        try {
            lease.renew();
            return Optional.empty();
        } catch (LeaseHeldException e) {
            if (done.isEmpty() && failures.isEmpty()) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (LiveException e) {
            return Optional.of("The lease could not be renewed: " + e.getMessage());
        }
    }

    /** Returns false if the change fails. */
    private boolean make(Changes changes, Change change) throws InterruptedException {
        try {
            if (change.resource().kind() == Kind.CONNECTOR) {
                startup.await(change, () -> changes.make(change));
            } else {
                changes.make(change);
            }
            done.add(change);
            progress.accept(change.action().symbol() + " " + change.resource());
            return true;
        } catch (LiveException e) {
            failures.add(new Failure(change, String.valueOf(e.getMessage())));
            progress.accept("! " + change.resource() + ": " + e.getMessage());
            return false;
        }
    }
}
