package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.commit.RefusalReport;
import io.catalogconnect.bigquery.commit.Row;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.convert.PartitionBounds;
import io.catalogconnect.bigquery.convert.RecordPosition;
import io.catalogconnect.bigquery.convert.RowEncoder;
import io.catalogconnect.bigquery.convert.SchemaConverter;
import io.catalogconnect.bigquery.convert.SchemalessRows;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Converts records to rows; compiles each schema once for each table. Used by the task's thread only. */
public final class RowFactory {

    private record Compiled(
            Schema schema,
            RowEncoder encoder,
            RowFormat format,
            @Nullable PartitionBounds bounds,
            RowCheck.Rule rule) {}

    private final HeaderColumns extras;
    private final TableLayout layout;
    private final BiConsumer<RowFormat, TableShape> tables;
    private final RowCheck check;
    private final SchemalessRows schemaless = new SchemalessRows();
    private final Clock clock;
    private final Map<String, Map<Schema, Compiled>> byTable = new HashMap<>();
    private final Map<String, List<ExtraColumn>> extraColumns = new HashMap<>();
    private final Map<String, Compiled> lastByTable = new HashMap<>();

    /**
     * @param tables receives each new format with the table that its rows need
     * @param check applies to every row
     */
    public RowFactory(
            HeaderColumns extras,
            TableLayout layout,
            BiConsumer<RowFormat, TableShape> tables,
            RowCheck check,
            Clock clock) {
        this.check = check;
        this.clock = clock;
        this.extras = extras;
        this.layout = layout;
        this.tables = tables;
    }

    /**
     * The row of a record with a value.
     *
     * @param report reports the record if its row is refused; null if refusals are not reported
     * @throws ConversionException if the record cannot be a row
     */
    public Row row(SinkRecord record, String table, @Nullable RefusalReport report) {
        Object value = record.value();
        Schema schema = record.valueSchema();
        if (schema == null) {
            Struct inferred = schemaless.struct(table, value);
            value = inferred;
            schema = inferred.schema();
        }
        List<ExtraColumn> columns = extraColumns.computeIfAbsent(table, name -> extras.columns(record));
        Compiled compiled = compiled(table, schema, columns);
        List<@Nullable Object> extraValues = extras.values(record, columns);
        PartitionBounds bounds = compiled.bounds();
        if (bounds != null) {
            bounds.check(value, extraValues);
        }
        compiled.rule().check(value, extraValues);
        return compiled.encoder().row(compiled.format(), value, extraValues, position(record), report);
    }

    /** The original position in Kafka, because only that is unique. */
    private static RecordPosition position(SinkRecord record) {
        Long timestamp = record.timestamp();
        return new RecordPosition(
                record.originalTopic(),
                record.originalKafkaPartition(),
                record.originalKafkaOffset(),
                timestamp == null ? Row.NO_TIMESTAMP : timestamp);
    }

    private Compiled compiled(String table, Schema schema, List<ExtraColumn> columns) {
        Compiled last = lastByTable.get(table);
        if (last != null && last.schema() == schema) {
            return last;
        }
        Compiled compiled = byTable.computeIfAbsent(table, name -> new HashMap<>())
                .computeIfAbsent(schema, s -> compile(table, s, columns));
        lastByTable.put(table, compiled);
        return compiled;
    }

    private Compiled compile(String table, Schema schema, List<ExtraColumn> columns) {
        RowEncoder encoder = SchemaConverter.compile(schema, columns);
        RowFormat format = encoder.format(table);
        tables.accept(
                format,
                new TableShape(
                        layout.policyTags().apply(layout.descriptions().describe(encoder.columns(), schema)),
                        layout.partitioning(),
                        layout.clustering(),
                        layout.labels(),
                        layout.descriptions().ofTable(schema)));
        Partitioning partitioning = layout.partitioning();
        PartitionBounds bounds = partitioning.unit().isTime()
                        && partitioning.field().isPresent()
                ? PartitionBounds.of(schema, columns, partitioning.field().get(), clock)
                : null;
        return new Compiled(schema, encoder, format, bounds, check.of(schema, columns));
    }
}
