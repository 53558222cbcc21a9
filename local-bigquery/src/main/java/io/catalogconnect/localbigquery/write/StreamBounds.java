package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.Partitioning;
import io.catalogconnect.localbigquery.store.StoreException;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that rows may be streamed into. A table partitioned by a date or time column accepts streamed rows from 3,650 days in the
 * past to 366 days in the future. Load, query and copy jobs may write any partition.
 *
 * @param today the date that the bounds are relative to
 */
record StreamBounds(LocalDate today) {
    private static final int DAYS_BACK = 3650;
    private static final int DAYS_AHEAD = 366;
    private static final int DECORATED_DAYS_BACK = 31;
    private static final int DECORATED_DAYS_AHEAD = 16;

    static StreamBounds at(Instant now) {
        return new StreamBounds(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    Optional<String> wrong(StoredTable table, @Nullable Object[] row) {
        Partitioning partitioning = table.partitioning();
        if (partitioning.field().isEmpty() || partitioning.kind() == Partitioning.Kind.RANGE) {
            return Optional.empty();
        }
        Object value = row[indexOf(table.columns(), partitioning.field().get())];
        if (value == null) {
            return Optional.empty();
        }
        LocalDate day = dayOf(value);
        if (!day.isBefore(today.minusDays(DAYS_BACK)) && !day.isAfter(today.plusDays(DAYS_AHEAD))) {
            return Optional.empty();
        }
        return Optional.of(
                "The destination table's partition " + table.ref().table() + "$" + partitioning.partitionId(value)
                        + " is outside the allowed bounds. You can only stream to partitions within " + DAYS_BACK
                        + " days in the past and "
                        + DAYS_AHEAD + " days in the future relative to the current date.");
    }

    /**
     * The start of the partition that a decorator names, {@code t$20240131}. Allowed only for tables partitioned by day of ingestion, for
     * days from 31 days in the past to 16 days in the future, and only with the default stream.
     */
    Optional<Instant> decorated(StreamName stream, StoredTable table) {
        if (stream.partition().isEmpty()) {
            return Optional.empty();
        }
        String id = stream.partition().get();
        Partitioning partitioning = table.partitioning();
        if (!partitioning.byIngestionTime() || partitioning.kind() != Partitioning.Kind.DAY) {
            throw WriteException.invalid("The partition decorator $" + id
                    + " can only be used with a table partitioned by day of ingestion. Entity: " + stream);
        }
        Instant start;
        try {
            start = partitioning.startOf(id);
        } catch (StoreException e) {
            throw WriteException.invalid(e.getMessage() + " Entity: " + stream);
        }
        LocalDate day = dayOf(start);
        if (day.isBefore(today.minusDays(DECORATED_DAYS_BACK)) || day.isAfter(today.plusDays(DECORATED_DAYS_AHEAD))) {
            throw WriteException.invalid("The destination table's partition "
                    + table.ref().table() + "$" + id
                    + " is outside the allowed bounds. You can only stream to partitions within " + DECORATED_DAYS_BACK
                    + " days in the past and " + DECORATED_DAYS_AHEAD
                    + " days in the future relative to the current date. Entity: " + stream);
        }
        return Optional.of(start);
    }

    private static LocalDate dayOf(Object value) {
        if (value instanceof LocalDate date) {
            return date;
        }
        return value instanceof LocalDateTime dateTime
                ? dateTime.toLocalDate()
                : LocalDate.ofInstant((Instant) value, ZoneOffset.UTC);
    }

    private static int indexOf(List<Column> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new IllegalStateException("The partitioning column " + name + " is not a column");
    }
}
