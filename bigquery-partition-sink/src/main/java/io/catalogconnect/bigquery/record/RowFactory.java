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
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Converts records to rows; compiles each schema once for each table. Used by the task's thread only. */
public final class RowFactory {

    /** Receives each new format with the table that its rows need. */
    @FunctionalInterface
    public interface Tables {
        /**
         * Adds a format.
         *
         * @param columns the table's columns if they were just read; empty if they are not known, or the table does not exist
         * @return false if the table does not accept the rows
         */
        boolean register(RowFormat format, TableShape shape, Optional<List<Column>> columns);
    }

    private record Compiled(
            Schema schema,
            RowEncoder encoder,
            RowFormat format,
            boolean accepted,
            @Nullable PartitionBounds bounds,
            RowCheck.Rule rule) {}

    /** Maximum number of schemas of a table that stay compiled. */
    private static final int MAX_SCHEMAS = 1_000;

    private final HeaderColumns extras;
    private final TableLayout layout;
    private final Tables tables;
    private final RowCheck check;
    private final SchemalessRows schemaless = new SchemalessRows();
    private final Clock clock;
    private final Map<String, Map<Schema, Compiled>> byTable = new HashMap<>();
    private final Map<String, List<ExtraColumn>> extraColumns = new HashMap<>();
    private final Map<String, Compiled> lastByTable = new HashMap<>();
    private final Map<String, List<Column>> columnsOfTables = new HashMap<>();

    /** @param check applies to every row */
    public RowFactory(HeaderColumns extras, TableLayout layout, Tables tables, RowCheck check, Clock clock) {
        this.check = check;
        this.clock = clock;
        this.extras = extras;
        this.layout = layout;
        this.tables = tables;
    }

    /** Whether {@link #learn} must be called before the record becomes a row: its fields have no types yet. */
    public boolean needsColumns(SinkRecord record, String table) {
        return record.valueSchema() == null
                && record.value() instanceof Map
                && !schemaless.covers(table, record.value());
    }

    /**
     * Decides the types of the fields of records without a schema.
     *
     * @param columns the table's columns, read after the last change of the table by this task; empty if it does not exist
     * @param waiting all records of the table that are waiting
     */
    public void learn(String table, Optional<List<Column>> columns, List<SinkRecord> waiting) {
        columns.ifPresentOrElse(present -> columnsOfTables.put(table, present), () -> columnsOfTables.remove(table));
        byTable.getOrDefault(table, Map.of()).values().removeIf(compiled -> !compiled.accepted());
        lastByTable.remove(table);
        schemaless.learn(
                table,
                columns,
                waiting.stream()
                        .filter(record -> record.valueSchema() == null)
                        .map(SinkRecord::value)
                        .toList());
    }

    /** A table did not accept a format: if its records have no schema, their types are decided again. */
    public void forget(String table) {
        schemaless.forget(table);
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
        if (record.valueSchema() == null && compiled.accepted()) {
            schemaless.keep(table, schema);
        }
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
        Compiled compiled = byTable.computeIfAbsent(table, name -> new LatestSchemas())
                .computeIfAbsent(schema, s -> compile(table, s, columns));
        lastByTable.put(table, compiled);
        return compiled;
    }

    private Compiled compile(String table, Schema schema, List<ExtraColumn> columns) {
        RowEncoder encoder = SchemaConverter.compile(schema, columns);
        RowFormat format = encoder.format(table);
        boolean accepted = tables.register(
                format,
                new TableShape(
                        layout.policyTags().apply(layout.descriptions().describe(encoder.columns(), schema)),
                        layout.partitioning(),
                        layout.clustering(),
                        layout.labels(),
                        layout.descriptions().ofTable(schema)),
                Optional.ofNullable(columnsOfTables.get(table)));
        Partitioning partitioning = layout.partitioning();
        PartitionBounds bounds = partitioning.unit().isTime()
                        && partitioning.field().isPresent()
                ? PartitionBounds.of(schema, columns, partitioning.field().get(), clock)
                : null;
        return new Compiled(schema, encoder, format, accepted, bounds, check.of(schema, columns));
    }

    /** The compiled schemas of a table that were used last. */
    private static final class LatestSchemas extends LinkedHashMap<Schema, Compiled> {

        private static final long serialVersionUID = 1L;

        LatestSchemas() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Schema, Compiled> eldest) {
            return size() > MAX_SCHEMAS;
        }
    }
}
