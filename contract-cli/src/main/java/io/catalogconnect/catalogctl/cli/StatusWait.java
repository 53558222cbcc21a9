package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.status.Problem;
import io.catalogconnect.catalogctl.status.Status;
import io.catalogconnect.catalogctl.status.StatusReader;
import io.catalogconnect.catalogctl.status.StatusText;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/** Waits until all files are shown. A terminal shows the progress in one line, anything else gets a line for each change. */
final class StatusWait {
    /** For each reading, the worker reads its topic of offsets. */
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(1);

    private static final String NEW_LINE = "\r\033[K";

    private final StatusReader reader;
    private final PrintWriter err;
    private final boolean isTerminal = Boolean.getBoolean("catalogctl.terminal");
    private String last = "";

    StatusWait(StatusReader reader, PrintWriter err) {
        this.reader = reader;
        this.err = err;
    }

    /**
     * Waits, and prints why not all files are shown, if they are not.
     *
     * @return the last state: all files are shown, a problem keeps them from being shown, or the time is over
     */
    Status upTo(Duration timeout) throws InterruptedException {
        Wait patience = Wait.upTo(timeout);
        while (true) {
            Status status = reader.read();
            show(StatusText.progress(status));
            Optional<Problem> blockade = status.blockade();
            if (status.isShown() || blockade.isPresent() || patience.isOver()) {
                end();
                if (!status.isShown()) {
                    err.println(blockade.map(problem -> "Not all files are shown: " + StatusText.line(problem))
                            .orElse("After " + timeout.toSeconds()
                                    + " seconds, not all files are shown. --timeout is the" + " limit."));
                    err.flush();
                }
                return status;
            }
            Wait pause = Wait.upTo(BETWEEN_READINGS);
            while (!pause.isOver()) {
                pause.pause();
            }
        }
    }

    private void show(String line) {
        if (!line.equals(last)) {
            if (isTerminal) {
                err.print(NEW_LINE + line);
            } else {
                err.println(line);
            }
            err.flush();
            last = line;
        }
    }

    private void end() {
        if (isTerminal) {
            err.println();
        }
    }
}
