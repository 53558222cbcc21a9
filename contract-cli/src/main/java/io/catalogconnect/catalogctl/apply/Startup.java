package io.catalogconnect.catalogctl.apply;

import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Workers;
import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.contract.report.Counted;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.rest.ConnectorStatus.State;
import io.catalogconnect.toolkit.wait.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Changes connectors and waits until they run. For some time after a change, Connect still reports the states of the old tasks. So a
 * failure that was there before the change counts only after a grace, and tasks that ran before it count as new ones after they
 * were seen in another state, or after some seconds.
 */
final class Startup {
    private final Workers workers;
    private final Times times;

    /**
     * Time limits.
     *
     * @param start time within which a connector must run
     * @param restart time after which tasks that still have their old failure are restarted
     * @param grace time after which an old failure counts
     * @param settling time after which tasks that ran before the change count as new ones
     */
    record Times(Duration start, Duration restart, Duration grace, Duration settling) {
        static final Times DEFAULT =
                new Times(Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(5));
    }

    Startup(Workers workers, Times times) {
        this.workers = workers;
        this.times = times;
    }

    /** A request that changes a connector. */
    interface Request {
        void send() throws InterruptedException;
    }

    /** @throws LiveException if the connector fails or does not run in time */
    void await(Change change, Request request) throws InterruptedException {
        String connector = change.resource().name();
        Optional<ConnectorStatus> before =
                change.action() == Action.CREATE ? Optional.empty() : Optional.of(workers.status(connector));
        List<State> old = before.map(ConnectorStatus::failures).orElse(List.of());
        boolean mayBeOld = before.map(ConnectorStatus::isRunning).orElse(false);
        request.send();
        Wait start = Wait.upTo(times.start());
        Wait restart = Wait.upTo(times.restart());
        Wait grace = Wait.upTo(times.grace());
        Wait settling = Wait.upTo(times.settling());
        boolean isRestarted = false;
        while (true) {
            ConnectorStatus status = workers.status(connector);
            mayBeOld = mayBeOld && status.isRunning() && !settling.isOver();
            if (status.isRunning() && !mayBeOld) {
                return;
            }
            Optional<String> failure = status.failure(grace.isOver() && isRestarted ? List.of() : old);
            if (failure.isPresent()) {
                throw new LiveException(failure.get(), null);
            }
            if (!isRestarted && restart.isOver() && !status.failures().isEmpty()) {
                workers.restartFailed(connector);
                isRestarted = true;
            } else if (start.isOver()) {
                throw new LiveException(notRunning(status), null);
            }
            start.pause();
        }
    }

    private String notRunning(ConnectorStatus status) {
        return "It does not run " + times.start().toSeconds() + " s after it was started; its state is "
                + status.connector().state() + " with "
                + Counted.of(status.tasks().size(), "task") + ".";
    }
}
