package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.simulation.LaneRows;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A topic partition with rows and end markers of many versions, and its committed offset. */
final class VersionsLog {

    private static final LocalDate FIRST_DAY = LocalDate.parse("2026-11-01");
    private static final int DAYS = 2;
    private static final int OBJECTS_OF_A_DAY = 2;
    private static final int REFUSED_EVERY = 97;

    /** A record: a row of a version, or its end marker if {@code row} is -1. */
    record Entry(long offset, ObjectVersion version, long row) {}

    /** A version whose records are being added to the log; the offset of its end marker is not known yet. */
    private static final class Reading {
        private final UnitKey unit;
        private final LocalDate date;
        private final ObjectName object;
        private final Instant modified;
        private final int rows;
        private final boolean breaksOff;
        private final List<long[]> sent = new ArrayList<>();
        private int next;

        private Reading(LocalDate date, ObjectName object, Instant modified, int rows, boolean breaksOff) {
            this.unit = UnitKey.ofDay("products", date);
            this.date = date;
            this.object = object;
            this.modified = modified;
            this.rows = rows;
            this.breaksOff = breaksOff;
        }

        private ObjectVersion version(LaneKey lane, long end) {
            return new ObjectVersion(
                    unit, date, object, "etag-" + modified, modified, lane.topic(), lane.partition(), end, rows, 0);
        }
    }

    final LaneKey lane;
    final LaneRows laneRows;
    final List<Entry> entries = new ArrayList<>();
    long committed;
    private final Random random;
    private final Map<Long, Entry> rowsByOffset = new HashMap<>();
    /** The last version of each object that was read completely. */
    private final Map<ObjectName, Instant> read = new HashMap<>();

    VersionsLog(int partition, int versions, Random random) {
        this.random = random;
        this.lane = new LaneKey("sink", "products", partition, "products_history");
        this.laneRows = new LaneRows(lane);
        fill(partition, versions);
    }

    /** Whether the service refuses a record's row. */
    static boolean isRefused(long offset) {
        return offset % REFUSED_EVERY == 7;
    }

    /** Adds versions of a few objects with interleaved rows; some are incomplete, some are read again, some arrive late. */
    private void fill(int partition, int versions) {
        long offset = 0;
        List<Reading> open = new ArrayList<>();
        int begun = 0;
        while (begun < versions || !open.isEmpty()) {
            if (begun < versions && open.size() < 3) {
                Reading reading = reading(partition, begun++);
                if (open.stream().noneMatch(other -> other.object.equals(reading.object))) {
                    open.add(reading);
                }
                continue;
            }
            Reading reading = open.get(random.nextInt(open.size()));
            if (random.nextInt(40) == 0) {
                reading.next = Math.max(0, reading.next - random.nextInt(10)); // sent again after a restart
            }
            if (reading.next < reading.rows) {
                reading.sent.add(new long[] {offset, reading.next++});
                offset += random.nextInt(10) == 0 ? 3 : 1;
                if (!reading.breaksOff || reading.next < reading.rows / 2) {
                    continue;
                }
                open.remove(reading);
                add(reading, Long.MAX_VALUE);
            } else {
                open.remove(reading);
                add(reading, offset++);
                read.put(reading.object, reading.modified);
            }
        }
        entries.sort(Comparator.comparingLong(Entry::offset));
    }

    private Reading reading(int partition, int number) {
        LocalDate date = FIRST_DAY.plusDays(random.nextInt(DAYS));
        ObjectName object = new ObjectName("b", date + "-" + partition + "-" + random.nextInt(OBJECTS_OF_A_DAY));
        long age = random.nextInt(10) == 0 ? 5_000 : 0; // an old version that arrives late
        boolean isReadAgain =
                read.containsKey(object) && random.nextInt(5) == 0; // with another rule, so with other rows
        Instant modified =
                isReadAgain ? Objects.requireNonNull(read.get(object)) : Instant.ofEpochSecond(100_000L + number - age);
        return new Reading(
                date,
                object,
                modified,
                random.nextInt(6) == 0 ? 0 : random.nextInt(60),
                !isReadAgain && random.nextInt(6) == 0);
    }

    private void add(Reading reading, long end) {
        ObjectVersion version = reading.version(lane, end);
        for (long[] row : reading.sent) {
            Entry entry = new Entry(row[0], version, row[1]);
            entries.add(entry);
            rowsByOffset.put(row[0], entry);
        }
        if (end < Long.MAX_VALUE) {
            entries.add(new Entry(end, version, -1));
        }
    }

    boolean allCommitted() {
        return committed > entries.get(entries.size() - 1).offset();
    }

    int committedPosition() {
        int position = 0;
        while (position < entries.size() && entries.get(position).offset() < committed) {
            position++;
        }
        return position;
    }

    /** The rows that the statement of a job selects: rows of this content between two end markers of the object, each number once. */
    Set<Long> rows(ObjectVersion version, long after, Set<Long> offsets) {
        Set<Long> numbers = new TreeSet<>();
        for (long offset : offsets) {
            Entry entry = rowsByOffset.get(offset);
            if (entry != null
                    && offset > after
                    && offset < version.offset()
                    && entry.version().object().equals(version.object())
                    && entry.version().modified().equals(version.modified())) {
                numbers.add(entry.row());
            }
        }
        return numbers;
    }

    /** All rows of a version that the service accepts. */
    Set<Long> whole(ObjectVersion version) {
        Set<Long> taken = new TreeSet<>();
        entries.stream()
                .filter(entry -> entry.row() >= 0 && entry.version().equals(version) && !isRefused(entry.offset()))
                .forEach(entry -> taken.add(entry.row()));
        return taken;
    }
}
