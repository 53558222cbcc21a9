package io.catalogconnect.catalogctl.apply;

import io.catalogconnect.catalogctl.apply.ApplyReport.Failure;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.wait.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the changes of a plan, and waits until the connectors run. For one apply. */
final class Applier {
    private final Plan plan;
    private final Services services;
    private final Duration startTimeout;
    private final Consumer<String> progress;
    private final List<Change> done = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<Change> left = new ArrayList<>();

    /** @param startTimeout time within which a connector must run */
    Applier(Plan plan, Services services, Duration startTimeout, Consumer<String> progress) {
        this.plan = plan;
        this.services = services;
        this.startTimeout = startTimeout;
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
            changes.make(change);
            if (change.resource().kind() == Kind.CONNECTOR) {
                awaitRunning(change.resource().name());
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

    private void awaitRunning(String connector) throws InterruptedException {
        Wait wait = Wait.upTo(startTimeout);
        while (true) {
            ConnectorStatus status = services.workers().status(connector);
            if (status.isRunning()) {
                return;
            }
            if (status.failure().isPresent()) {
                throw new LiveException(status.failure().get(), null);
            }
            if (wait.isOver()) {
                throw new LiveException(
                        "It does not run " + startTimeout.toSeconds() + " s after it was started; its state is "
                                + status.connector().state() + " with "
                                + status.tasks().size() + " tasks.",
                        null);
            }
            wait.pause();
        }
    }
}
