package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.Delivery.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Prints progress: one line that changes on a terminal, and one line per change elsewhere. Not safe for use by
 * several threads.
 */
final class ProgressLine {
    private final PrintWriter err;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private String last = "";

    ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** A step begins. */
    void step(String text) {
        finishLine();
        err.printf("[%3d s] %s%n", seconds(), text);
    }

    /** The rows have come so far. */
    void rows(Progress progress) {
        String text = "rows read " + progress.rowsRead() + " (files " + progress.objectsRead() + " of "
                + progress.objects() + "), in BigQuery "
                + progress.tables().entrySet().stream()
                        .map(table -> table.getKey() + " " + table.getValue().rows())
                        .collect(Collectors.joining(", "));
        if (text.equals(last)) {
            return;
        }
        last = text;
        err.printf(terminal ? "\r\u001B[K[%3d s] %s" : "[%3d s] %s%n", seconds(), text);
        err.flush();
    }

    /** Leaves the changing line as it is, so that what follows begins on a new one. */
    void finishLine() {
        if (terminal && !last.isEmpty()) {
            err.println();
        }
        last = "";
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - start).toSeconds();
    }
}
