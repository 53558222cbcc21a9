package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.commit.RefusalReport;
import io.catalogconnect.bigquery.commit.Row;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.convert.ConversionRules;
import io.catalogconnect.bigquery.convert.ExistingColumns;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.convert.PartitionBounds;
import io.catalogconnect.bigquery.convert.RecordPosition;
import io.catalogconnect.bigquery.convert.RowEncoder;
import io.catalogconnect.bigquery.convert.SchemalessRows;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** @param schema schema of the values; null for rows without a value */
    private record Compiled(
            @Nullable Schema schema,
            RowEncoder encoder,
            RowFormat format,
            boolean accepted,
            @Nullable PartitionBounds bounds,
            RowCheck.Rule rule) {}

    /** Maximum number of schemas of a table that stay compiled. */
    private static final int MAX_SCHEMAS = 1_000;

    private final RowForm form;
    private final ConversionRules conversion;
    private final TableLayout layout;
    private final Tables tables;
    private final SchemalessRows schemaless;
    private final Clock clock;
    private final Map<String, Map<Schema, Compiled>> byTable = new HashMap<>();
    private final Map<String, List<ExtraColumn>> extraColumns = new HashMap<>();
    private final Map<String, Compiled> lastByTable = new HashMap<>();
    private final Map<String, Compiled> withoutValue = new HashMap<>();
    private final Map<String, List<Column>> columnsOfTables = new HashMap<>();
    /** The tables of which a record with a value was seen. */
    private final Set<String> tablesWithRows = new HashSet<>();

    /** The schemas for which the columns of a table were read. */
    private final Map<String, Set<Schema>> learnedSchemas = new HashMap<>();

    public RowFactory(RowForm form, TableLayout layout, ConversionRules conversion, Tables tables, Clock clock) {
        this.form = form;
        this.conversion = conversion;
        this.schemaless = new SchemalessRows(conversion.naming());
        this.clock = clock;
        this.layout = layout;
        this.tables = tables;
    }

    /** Why tombstones do not become rows; empty if they do. */
    public Optional<String> tombstoneRefusal() {
        return form.tombstoneRefusal();
    }

    /**
     * Whether {@link #learn} must be called before the record becomes a row: its schema is new to the table, its fields have no types
     * yet, or it is a tombstone and no other record of its table was seen.
     */
    public boolean needsColumns(SinkRecord record, String table) {
        if (record.value() == null) {
            return !lastByTable.containsKey(table) && !withoutValue.containsKey(table);
        }
        Schema schema = record.valueSchema();
        if (schema == null) {
            return record.value() instanceof Map && !schemaless.covers(table, record.value());
        }
        Compiled last = lastByTable.get(table);
        boolean isLast = last != null && last.schema() == schema;
        return !isLast && !learnedSchemas.getOrDefault(table, Set.of()).contains(schema);
    }

    /**
     * Decides the types of the fields of records, to which their values are converted.
     *
     * @param columns the table's columns, read after the last change of the table by this task; empty if it does not exist
     * @param waiting all records of the table that are waiting
     */
    public void learn(String table, Optional<List<Column>> columns, List<SinkRecord> waiting) {
        columns.ifPresentOrElse(present -> columnsOfTables.put(table, present), () -> columnsOfTables.remove(table));
        byTable.getOrDefault(table, Map.of()).values().removeIf(compiled -> !compiled.accepted());
        lastByTable.remove(table);
        Set<Schema> learned =
                learnedSchemas.computeIfAbsent(table, name -> Collections.newSetFromMap(new LatestSchemas<>()));
        List<Object> withoutSchema = new ArrayList<>();
        for (SinkRecord record : waiting) {
            if (record.valueSchema() != null) {
                learned.add(record.valueSchema());
            } else if (record.value() != null) {
                withoutSchema.add(record.value());
            }
        }
        schemaless.learn(table, columns, withoutSchema);
    }

    /** A table did not accept a format: the types of its records are decided again. */
    public void forget(String table) {
        schemaless.forget(table);
        learnedSchemas.remove(table);
        extraColumns.remove(table);
        withoutValue.remove(table);
        byTable.remove(table);
        lastByTable.remove(table);
    }

    private List<Column> presentColumns(String table) {
        return columnsOfTables.getOrDefault(table, List.of());
    }

    /**
     * Whether a record is a tombstone of a table that did not exist when its columns were read, and for which there was no other record:
     * there is no row to delete.
     */
    public boolean deletesNothing(SinkRecord record, String table) {
        return record.value() == null && !tablesWithRows.contains(table) && !columnsOfTables.containsKey(table);
    }

    /**
     * The row of a record. A tombstone becomes a row if the write mode permits it.
     *
     * @param report reports the record if its row is refused; null if refusals are not reported
     * @throws ConversionException if the record cannot be a row
     */
    public Row row(SinkRecord record, String table, @Nullable RefusalReport report) {
        Object value = record.value();
        Schema schema = record.valueSchema();
        if (schema == null && value != null) {
            Struct inferred = schemaless.struct(table, value);
            value = inferred;
            schema = inferred.schema();
        }
        List<ExtraColumn> columns = extraColumns.computeIfAbsent(
                table, name -> form.columns(record, new ExistingColumns(presentColumns(name), conversion)));
        Compiled compiled =
                value == null || schema == null ? withoutValue(table, columns) : compiled(table, schema, columns);
        if (record.valueSchema() == null && schema != null && compiled.accepted()) {
            schemaless.keep(table, schema);
        }
        List<@Nullable Object> extraValues = form.values(record, value, columns);
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
        Compiled compiled = byTable.computeIfAbsent(table, name -> new LatestSchemas<>())
                .computeIfAbsent(schema, s -> compile(table, s, columns));
        lastByTable.put(table, compiled);
        return compiled;
    }

    /** Tombstones have the format of the table's last record, so that they share appends with it. */
    private Compiled withoutValue(String table, List<ExtraColumn> columns) {
        Compiled last = lastByTable.get(table);
        return last == null ? withoutValue.computeIfAbsent(table, name -> compile(name, null, columns)) : last;
    }

    private Compiled compile(String table, @Nullable Schema schema, List<ExtraColumn> columns) {
        Optional<List<Column>> present = Optional.ofNullable(columnsOfTables.get(table));
        ExistingColumns existing = new ExistingColumns(present.orElse(List.of()), conversion);
        RowEncoder encoder = form.encoder(schema, columns, existing);
        RowFormat format = encoder.format(table);
        if (schema != null) {
            tablesWithRows.add(table);
        }
        boolean accepted = tables.register(format, form.shape(shape(encoder.columns(), schema), columns), present);
        Partitioning partitioning = layout.partitioning();
        PartitionBounds bounds =
                partitioning.unit().isTime() && partitioning.field().isPresent()
                        ? PartitionBounds.of(
                                schema, columns, existing, partitioning.field().get(), clock)
                        : null;
        return new Compiled(schema, encoder, format, accepted, bounds, form.check(schema, columns, existing));
    }

    private TableShape shape(List<Column> columns, @Nullable Schema schema) {
        List<Column> described =
                schema == null ? columns : layout.descriptions().describe(columns, schema);
        return new TableShape(
                layout.policyTags().apply(described),
                layout.partitioning(),
                layout.clustering(),
                layout.labels(),
                schema == null ? "" : layout.descriptions().ofTable(schema));
    }

    /** The schemas of a table that were used last. */
    private static final class LatestSchemas<V> extends LinkedHashMap<Schema, V> {

        private static final long serialVersionUID = 1L;

        LatestSchemas() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Schema, V> eldest) {
            return size() > MAX_SCHEMAS;
        }
    }
}
