package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.Delivery.Progress;
import io.catalogconnect.localstack.Delivery.Share;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints progress: one line that changes on a terminal, and one line per change elsewhere. Not safe for use by
 * several threads.
 */
final class ProgressLine {
    private static final long MEGABYTE = 1_000_000;

    private final PrintWriter err;
    private final Terminal terminal;
    private final Clock clock;
    private final Instant start;
    private ProgressMeter bytes;
    private ProgressMeter rows;
    private ProgressMeter records;
    private String last = "";

    /**
     * Where the progress is printed.
     *
     * @param columns the width of the terminal, or 0 if it is not a terminal
     */
    record Terminal(int columns) {
        /** Not a terminal: escape codes would be noise. */
        static final Terminal NONE = new Terminal(0);

        /** The terminal that {@code ./pipeline} has found. */
        static Terminal detect() {
            return Boolean.getBoolean("catalog.terminal") ? new Terminal(detectedColumns()) : NONE;
        }

        private static int detectedColumns() {
            int columns = Integer.getInteger("catalog.columns", 0);
            return columns > 0 ? columns : 80;
        }
    }

    ProgressLine(PrintWriter err, Terminal terminal, Clock clock) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.instant();
        this.bytes = new ProgressMeter(clock);
        this.rows = new ProgressMeter(clock);
        this.records = new ProgressMeter(clock);
    }

    /** A step begins. */
    void step(String text) {
        finishLine();
        err.printf("%s%s%n", time(), text);
    }

    /** Shows how far a delivery is: first the reading of its files, then the writing of their records. */
    void delivery(Progress progress) {
        if (terminal.columns() == 0) {
            print("rows read " + progress.rowsRead() + " (files " + progress.objectsRead() + " of " + progress.objects()
                    + "), in BigQuery "
                    + progress.tables().entrySet().stream()
                            .map(table ->
                                    table.getKey() + " " + table.getValue().rows())
                            .collect(Collectors.joining(", ")));
        } else if (progress.objectsRead() < progress.objects()) {
            reading(progress.bytes(), progress.rowsRead());
        } else {
            writing(progress.records(), progress.rowsRead());
        }
    }

    /** Shows on a terminal how far files have been read. */
    void reading(Share read, long rowsRead) {
        bytes.update(read);
        rows.update(new Share(rowsRead, rowsRead));
        List<String> parts = new ArrayList<>();
        parts.add("Read " + bytes.bar());
        parts.add(read.done() / MEGABYTE + "/" + read.total() / MEGABYTE + " MB");
        parts.add(number(rowsRead) + " rows");
        bytes.left().ifPresent(parts::add);
        rows.perSecond().ifPresent(rate -> parts.add(number(rate) + " rows/s"));
        printFitting(parts);
    }

    private void writing(Share written, long rowsRead) {
        records.update(written);
        List<String> parts = new ArrayList<>();
        parts.add("Write " + records.bar());
        parts.add(number(rowsRead) + " rows read");
        records.left().ifPresent(parts::add);
        records.perSecond().ifPresent(rate -> parts.add(number(rate) + " records/s"));
        printFitting(parts);
    }

    /** Prints as many parts as fit into the width of the terminal; a line that wraps could not be overwritten. */
    private void printFitting(List<String> parts) {
        if (terminal.columns() == 0) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            String joined = text.isEmpty() ? part : ", " + part;
            if (time().length() + text.length() + joined.length() >= terminal.columns()) {
                break;
            }
            text.append(joined);
        }
        print(text.toString());
    }

    private void print(String text) {
        if (text.equals(last)) {
            return;
        }
        last = text;
        err.printf(terminal.columns() > 0 ? "\r\u001B[K%s%s" : "%s%s%n", time(), text);
        err.flush();
    }

    /** Leaves the changing line as it is, so that the next output begins on a new one. Measurements begin again. */
    void finishLine() {
        if (terminal.columns() > 0 && !last.isEmpty()) {
            err.println();
        }
        last = "";
        bytes = new ProgressMeter(clock);
        rows = new ProgressMeter(clock);
        records = new ProgressMeter(clock);
    }

    private String time() {
        long seconds = Duration.between(start, clock.instant()).toSeconds();
        return String.format(Locale.ROOT, "[%3d s] ", seconds);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
