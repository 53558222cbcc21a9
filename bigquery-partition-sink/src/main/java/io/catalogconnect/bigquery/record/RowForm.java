package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.ExistingColumns;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.convert.RowEncoder;
import io.catalogconnect.bigquery.table.TableShape;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The form that a write mode gives to rows: their columns, encoder and check. Used by the task's thread only. */
public interface RowForm {

    /**
     * The columns besides those of the value. The table's columns determine the types that the configuration leaves open, and the
     * record those that the table does not have.
     *
     * @param existing columns of the table; empty if it does not exist
     * @throws ConversionException if the record cannot be a row
     */
    List<ExtraColumn> columns(SinkRecord first, ExistingColumns existing);

    /**
     * A record's values for these columns.
     *
     * @param value the record's value, with a schema; null for a tombstone
     * @throws ConversionException if the record cannot be a row
     */
    List<@Nullable Object> values(SinkRecord record, @Nullable Object value, List<ExtraColumn> columns);

    /**
     * Compiles the encoder of a schema.
     *
     * @param schema schema of the values; null for tombstones
     * @param existing columns of the table, to whose types values are converted
     * @throws ConversionException if records of the schema cannot be rows
     */
    RowEncoder encoder(@Nullable Schema schema, List<ExtraColumn> columns, ExistingColumns existing);

    /** The check of the rows of a schema. */
    RowCheck.Rule check(@Nullable Schema schema, List<ExtraColumn> columns, ExistingColumns existing);

    /** The shape of a table for rows of this form. */
    TableShape shape(TableShape shape, List<ExtraColumn> columns);

    /** Why tombstones do not become rows; empty if they do. */
    Optional<String> tombstoneRefusal();
}
