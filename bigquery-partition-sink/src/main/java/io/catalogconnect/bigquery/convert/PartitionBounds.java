package io.catalogconnect.bigquery.convert;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Rejects rows whose partition date is outside of the range that BigQuery accepts for streaming: 10 years back to 1 year
 * ahead. One such row would make BigQuery refuse all rows of its request.
 */
public final class PartitionBounds {

    private static final int YEARS_BACK = 10;
    private static final int YEARS_AHEAD = 1;

    @FunctionalInterface
    private interface DayOfRow {
        /** The row's day, or null. */
        @Nullable
        Long of(@Nullable Object value, List<@Nullable Object> extras);
    }

    private final String column;
    private final DayOfRow day;
    private final Clock clock;

    private PartitionBounds(String column, DayOfRow day, Clock clock) {
        this.column = column;
        this.day = day;
        this.clock = clock;
    }

    /** The bounds of a date column, or null if the column has another type. */
    public static @Nullable PartitionBounds of(
            @Nullable Schema schema, List<ExtraColumn> extras, ExistingColumns existing, String column, Clock clock) {
        for (int i = 0; i < extras.size(); i++) {
            ExtraColumn extra = extras.get(i);
            ToLongFunction<Object> epochDay = extra.scalar(existing).epochDay();
            if (extra.name().equalsIgnoreCase(column) && epochDay != null) {
                int index = i;
                return new PartitionBounds(column, (value, values) -> apply(epochDay, values.get(index)), clock);
            }
        }
        for (Field field : schema == null ? List.<Field>of() : schema.fields()) {
            if (!existing.columnFor(field.name()).equalsIgnoreCase(column)) {
                continue;
            }
            ScalarType type = existing.scalar(field.schema(), column, false);
            ToLongFunction<Object> epochDay = type == null ? null : type.epochDay();
            if (epochDay != null) {
                return new PartitionBounds(
                        column,
                        (value, values) -> value == null ? null : apply(epochDay, ((Struct) value).get(field)),
                        clock);
            }
        }
        return null;
    }

    /**
     * The row's day in days since 1970, or null.
     *
     * @throws ConversionException if its value cannot be converted to the type of the column
     */
    public @Nullable Long epochDay(@Nullable Object value, List<@Nullable Object> extras) {
        try {
            return day.of(value, extras);
        } catch (ConversionException e) {
            throw new ConversionException("field '" + column + "': " + e.getMessage(), e);
        }
    }

    /**
     * Checks one row.
     *
     * @throws ConversionException if its date is out of bounds
     */
    public void check(@Nullable Object value, List<@Nullable Object> extras) {
        Long epochDay = epochDay(value, extras);
        if (epochDay == null) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
        LocalDate first = today.minusYears(YEARS_BACK);
        LocalDate last = today.plusYears(YEARS_AHEAD);
        if (epochDay < first.toEpochDay() || epochDay > last.toEpochDay()) {
            throw new ConversionException("the date in partition column '" + column + "' is outside of the range that"
                    + " BigQuery accepts for streaming, " + first + " to " + last
                    + ". Load such rows with a load job, or partition by another column.");
        }
    }

    private static @Nullable Long apply(ToLongFunction<Object> epochDay, @Nullable Object value) {
        return value == null ? null : epochDay.applyAsLong(value);
    }
}
