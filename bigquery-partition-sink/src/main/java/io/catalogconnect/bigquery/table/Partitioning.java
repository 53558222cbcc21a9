package io.catalogconnect.bigquery.table;

import java.time.Duration;
import java.util.Optional;

/**
 * Partitioning of a table.
 *
 * @param unit span of one partition
 * @param field the partition column; empty for {@link Unit#NONE} and for ingestion time
 * @param expiration partition expiration; empty for none
 * @param filterRequired whether queries must filter by partition
 * @param range bounds of {@link Unit#RANGE}, empty for the others
 */
public record Partitioning(
        Unit unit,
        Optional<String> field,
        Optional<Duration> expiration,
        boolean filterRequired,
        Optional<Range> range) {

    /** Span of one partition. */
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

    /** Whether the time of arrival determines a row's partition. */
    public boolean byIngestionTime() {
        return unit.isTime() && field.isEmpty();
    }
}
