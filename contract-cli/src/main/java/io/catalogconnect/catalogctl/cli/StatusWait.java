package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.status.Status;
import io.catalogconnect.catalogctl.status.StatusReader;
import io.catalogconnect.catalogctl.status.StatusText;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.PrintWriter;
import java.time.Duration;

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

    /** The last state: all files are shown, a connector has failed, or the time is over. */
    Status upTo(Duration timeout) throws InterruptedException {
        Wait patience = Wait.upTo(timeout);
        while (true) {
            Status status = reader.read();
            show(StatusText.progress(status));
            boolean isFailed = status.connectors().stream()
                    .anyMatch(connector -> !connector.error().isEmpty());
            if (status.isShown() || isFailed || patience.isOver()) {
                end();
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
