package io.catalogconnect.localstack.source;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * The rows that have arrived on the topics of a source, compared with the rows of its files, which all have the same rows. A row
 * that arrives before its predecessor in the file is a gap, even if the predecessor arrives later. For one thread.
 */
final class Ledger {
    private final Map<String, LongPredicate> topics;
    private final long rowsOfFile;
    private final Map<String, Page> pages = new HashMap<>();
    private final TreeMap<String, Integer> faults = new TreeMap<>();
    private long arrived;
    private long doubled;

    /** One file on one topic. */
    private static final class Page {
        private long next;
        private int markers;
    }

    /**
     * An empty one.
     *
     * @param topics which rows, counted from one, each topic should have
     */
    Ledger(Map<String, LongPredicate> topics, long rowsOfFile) {
        this.topics = Map.copyOf(topics);
        this.rowsOfFile = rowsOfFile;
    }

    /** Notes a row. */
    void row(String topic, String file, long row) {
        Page page = page(topic, file);
        if (page.markers > 0 && row >= page.next) {
            fault("a row behind the end marker on " + topic);
        }
        if (row < page.next) {
            doubled++;
        } else if (row == page.next) {
            arrived++;
            page.next = wantedFrom(topic, row + 1);
        } else {
            fault("a gap on " + topic);
        }
    }

    /** Notes the record that ends a file. */
    void marker(String topic, String file, long rows, long rejects) {
        Page page = page(topic, file);
        if (page.next <= rowsOfFile) {
            fault("an end marker before the last row on " + topic);
        }
        if (rows != rowsOfFile || rejects != 0) {
            fault("an end marker that says " + rows + " rows and " + rejects + " rejects");
        }
        if (page.markers > 0) {
            doubled++;
        }
        page.markers++;
    }

    private Page page(String topic, String file) {
        return pages.computeIfAbsent(topic + " " + file, key -> {
            Page page = new Page();
            page.next = wantedFrom(topic, 1);
            return page;
        });
    }

    private long wantedFrom(String topic, long row) {
        LongPredicate wanted = topics.getOrDefault(topic, any -> false);
        long next = row;
        while (next <= rowsOfFile && !wanted.test(next)) {
            next++;
        }
        return next;
    }

    private void fault(String what) {
        faults.merge(what, 1, Integer::sum);
    }

    /** How many rows have arrived, each counted once. */
    long arrived() {
        return arrived;
    }

    /** How many rows and markers came again. */
    long doubled() {
        return doubled;
    }

    /** What must not be, and how often it was. */
    Map<String, Integer> faults() {
        return faults;
    }

    /** Whether the given number of files has ended on every topic. */
    boolean isComplete(int files) {
        return pages.values().stream().filter(page -> page.markers > 0).count() == (long) files * topics.size();
    }
}
