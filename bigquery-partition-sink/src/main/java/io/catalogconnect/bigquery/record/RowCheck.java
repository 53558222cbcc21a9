package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.ExistingColumns;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Check that a write mode applies to rows, compiled once for each schema. */
@FunctionalInterface
public interface RowCheck {

    /** Accepts every row. */
    RowCheck NONE = (schema, extras, existing) -> (value, extraValues) -> {};

    /**
     * The rule for the rows of one schema.
     *
     * @param existing columns of the table, to whose types values are converted
     */
    Rule of(@Nullable Schema schema, List<ExtraColumn> extras, ExistingColumns existing);

    /** Rule for the rows of one schema. */
    @FunctionalInterface
    interface Rule {
        /**
         * Checks one row.
         *
         * @throws ConversionException if the row cannot be written
         */
        void check(@Nullable Object value, List<@Nullable Object> extraValues);
    }
}
