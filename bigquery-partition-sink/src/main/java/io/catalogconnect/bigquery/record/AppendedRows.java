package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.ExistingColumns;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.convert.RowEncoder;
import io.catalogconnect.bigquery.convert.SchemaConverter;
import io.catalogconnect.bigquery.table.TableShape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are only appended.
 *
 * @param headers columns from headers and timestamp
 * @param check applies to every row
 */
public record AppendedRows(HeaderColumns headers, RowCheck check) implements RowForm {

    @Override
    public List<ExtraColumn> columns(SinkRecord first, ExistingColumns existing) {
        return headers.columns(first, existing);
    }

    @Override
    public List<@Nullable Object> values(SinkRecord record, @Nullable Object value, List<ExtraColumn> columns) {
        return headers.values(record, columns);
    }

    @Override
    public RowEncoder encoder(@Nullable Schema schema, List<ExtraColumn> columns, ExistingColumns existing) {
        return SchemaConverter.compile(
                Objects.requireNonNull(schema, "a tombstone is not appended"), columns, existing);
    }

    @Override
    public RowCheck.Rule check(@Nullable Schema schema, List<ExtraColumn> columns, ExistingColumns existing) {
        return check.of(schema, columns, existing);
    }

    @Override
    public TableShape shape(TableShape shape, List<ExtraColumn> columns) {
        return shape;
    }

    @Override
    public Optional<String> tombstoneRefusal() {
        return Optional.of("rows are only appended");
    }
}
