package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.convert.ExistingColumns;
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
 * Checks that a row's partition is the one that its object replaces: a job that found a row of another date would fail, and
 * no other object of that date could be published.
 */
public final class ObjectDateCheck implements RowCheck {

    private final String shownColumn;
    private final Consumer<LocalDate> history;
    private final Clock clock;

    /**
     * @param shownColumn the partition column of the table that shows the rows; empty if whole tables are replaced
     * @param history refuses dates that the history does not keep
     */
    public ObjectDateCheck(String shownColumn, Consumer<LocalDate> history, Clock clock) {
        this.shownColumn = shownColumn;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public Rule of(@Nullable Schema schema, List<ExtraColumn> extras, ExistingColumns existing) {
        PartitionBounds object = Objects.requireNonNull(
                PartitionBounds.of(schema, extras, existing, ObjectColumns.DATE, clock), "rows have an object date");
        PartitionBounds shown =
                shownColumn.isEmpty() ? null : PartitionBounds.of(schema, extras, existing, shownColumn, clock);
        return (@Nullable Object value, List<@Nullable Object> values) -> {
            long day = Objects.requireNonNull(object.epochDay(value, values), "rows have an object date");
            history.accept(LocalDate.ofEpochDay(day));
            if (shown != null) {
                Long shownDay = shown.epochDay(value, values);
                if (shownDay == null || shownDay != day) {
                    throw new ConversionException("column '" + shownColumn + "' is "
                            + (shownDay == null ? "empty" : LocalDate.ofEpochDay(shownDay))
                            + ", and the date of the row's object is " + LocalDate.ofEpochDay(day)
                            + ": with replace.unit=partition they must be equal. Set the source's file.date.column to"
                            + " this column.");
                }
            }
        };
    }
}
