package io.catalogconnect.bigquery.table;

import java.time.Duration;
import java.util.Optional;

/**
 * How a table is cut into partitions.
 *
 * @param unit what one partition spans
 * @param field the column that decides; empty for {@link Unit#NONE} and for ingestion time
 * @param expiration how long a partition lives, empty for ever
 * @param filterRequired whether queries must name the partitions they want
 * @param range bounds of {@link Unit#RANGE}, empty for the others
 */
public record Partitioning(
        Unit unit,
        Optional<String> field,
        Optional<Duration> expiration,
        boolean filterRequired,
        Optional<Range> range) {

    /** What one partition spans. */
    public enum Unit {
        NONE,
        HOUR,
        DAY,
        MONTH,
        YEAR,
        RANGE;

        public boolean isTime() {
            return this != NONE && this != RANGE;
        }
    }

    /**
     * Bounds of integer ranges.
     *
     * @param start lowest value, inclusive
     * @param end highest value, exclusive
     * @param interval width of a partition
     */
    public record Range(long start, long end, long interval) {

        private static final long MAX_PARTITIONS = 10_000;

        public Range {
            if (interval < 1 || end <= start) {
                throw new IllegalArgumentException("start must be below end, and the interval at least 1");
            }
            if ((end - start - 1) / interval >= MAX_PARTITIONS) {
                throw new IllegalArgumentException("more than " + MAX_PARTITIONS + " partitions");
            }
        }
    }

    public static final Partitioning NONE =
            new Partitioning(Unit.NONE, Optional.empty(), Optional.empty(), false, Optional.empty());

    public Partitioning {
        if ((unit == Unit.RANGE) != range.isPresent()) {
            throw new IllegalArgumentException(
                    "partitions by " + unit + (range.isPresent() ? " with" : " without") + " a range");
        }
        if (unit == Unit.RANGE && field.isEmpty()) {
            throw new IllegalArgumentException("integer ranges need a field");
        }
    }

    /** Whether rows land in the partition of the moment they arrive. */
    public boolean byIngestionTime() {
        return unit.isTime() && field.isEmpty();
    }
}
