package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.convert.PartitionBounds;
import io.catalogconnect.bigquery.table.ObjectColumns;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Looks that a row's partition is the one that its object replaces: a job that found a row of another date would fail, and
 * keep all others from being shown.
 */
final class ObjectDates {

    /** The rule for the rows of one schema. */
    @FunctionalInterface
    interface Rule {
        /**
         * Looks at one row.
         *
         * @throws ConversionException if it cannot be shown
         */
        void check(Object value, List<@Nullable Object> extras);
    }

    private final String shownColumn;
    private final Consumer<LocalDate> history;
    private final Clock clock;

    /**
     * What rows are held to.
     *
     * @param shownColumn the column that decides the partition where the row is to be shown; empty for whole tables
     * @param history refuses dates that it does not keep
     */
    ObjectDates(String shownColumn, Consumer<LocalDate> history, Clock clock) {
        this.shownColumn = shownColumn;
        this.history = history;
        this.clock = clock;
    }

    Rule of(Schema schema, List<ExtraColumn> extras) {
        PartitionBounds object = Objects.requireNonNull(
                PartitionBounds.of(schema, extras, ObjectColumns.DATE, clock), "rows carry their object's date");
        PartitionBounds shown = shownColumn.isEmpty() ? null : PartitionBounds.of(schema, extras, shownColumn, clock);
        return (Object value, List<@Nullable Object> values) -> {
            long day = Objects.requireNonNull(object.epochDay(value, values), "no row is without its object's date");
            history.accept(LocalDate.ofEpochDay(day));
            if (shown != null) {
                Long shownDay = shown.epochDay(value, values);
                if (shownDay == null || shownDay != day) {
                    throw new ConversionException("column '" + shownColumn + "' is "
                            + (shownDay == null ? "empty" : "of " + LocalDate.ofEpochDay(shownDay))
                            + ", and the row's object is of " + LocalDate.ofEpochDay(day)
                            + ": with replace.unit=partition they must be the same. Set the source's file.date.column to"
                            + " this column.");
                }
            }
        };
    }
}
