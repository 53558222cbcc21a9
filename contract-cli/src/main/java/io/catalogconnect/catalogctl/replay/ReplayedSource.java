package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Workers;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.wait.Wait;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A source that is stopped and started. The workers show its old state for a moment.
 *
 * @param name name of the connector
 * @param progress receives a line for each step
 */
record ReplayedSource(Workers workers, String name, Consumer<String> progress) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String STOPPED = "STOPPED";

    void stop() throws InterruptedException {
        workers.stop(name);
        await(
                "stopped",
                status -> status.connector().state().equals(STOPPED)
                        && status.tasks().isEmpty());
        progress.accept(name + " is stopped");
    }

    /** Starts the source. If it fails then, its status says so. */
    void start() throws InterruptedException {
        workers.resume(name);
        await("started", status -> !status.connector().state().equals(STOPPED));
        progress.accept(name + " is started");
    }

    /** Starts the source after another failure, which is reported. */
    void startAfter(LiveException failure) throws InterruptedException {
        try {
            start();
        } catch (LiveException e) {
            failure.addSuppressed(e);
        }
    }

    private void await(String what, Predicate<ConnectorStatus> isReached) throws InterruptedException {
        Wait patience = Wait.upTo(PATIENCE);
        while (!isReached.test(workers.status(name))) {
            if (patience.isOver()) {
                throw new LiveException(
                        name + " has not " + what + " within " + PATIENCE.toSeconds() + " seconds.", null);
            }
            patience.pause();
        }
    }
}
