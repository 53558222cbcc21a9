package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.PolicyTags;
import com.google.cloud.bigquery.PrimaryKey;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.RangePartitioning;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableConstraints;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.Digits;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.TableCatalog;
import io.catalogconnect.bigquery.table.TableMismatchException;
import io.catalogconnect.bigquery.table.TableMismatchException.Extent;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The dataset's tables through BigQuery's REST API. Thread-safe. */
public final class BigQueryTableCatalog implements TableCatalog {

    private final Service service;
    private final BigQuery rest;

    BigQueryTableCatalog(Service service, BigQuery rest) {
        this.service = service;
        this.rest = rest;
    }

    @Override
    public Optional<List<Column>> columns(String table) {
        return find(table).map(found -> {
            Schema schema = appendable(table, found).getSchema();
            return schema == null ? List.of() : columns(schema.getFields());
        });
    }

    @Override
    public List<String> primaryKey(String table) {
        Optional<Table> found = find(table);
        TableConstraints constraints = found.isPresent() ? found.get().getTableConstraints() : null;
        PrimaryKey key = constraints == null ? null : constraints.getPrimaryKey();
        List<String> columns = key == null ? null : key.getColumns();
        return columns == null ? List.of() : columns;
    }

    @Override
    public boolean create(String table, TableShape shape) {
        StandardTableDefinition.Builder definition =
                StandardTableDefinition.newBuilder().setSchema(Schema.of(fields(shape.columns())));
        Partitioning partitioning = shape.partitioning();
        if (partitioning.unit().isTime()) {
            TimePartitioning.Builder time = TimePartitioning.newBuilder(
                            TimePartitioning.Type.valueOf(partitioning.unit().name()))
                    .setRequirePartitionFilter(partitioning.filterRequired());
            partitioning.field().ifPresent(time::setField);
            partitioning.expiration().ifPresent(life -> time.setExpirationMs(life.toMillis()));
            definition.setTimePartitioning(time.build());
        }
        partitioning
                .range()
                .ifPresent(range -> definition.setRangePartitioning(RangePartitioning.newBuilder()
                        .setField(partitioning.field().orElseThrow())
                        .setRange(RangePartitioning.Range.newBuilder()
                                .setStart(range.start())
                                .setEnd(range.end())
                                .setInterval(range.interval())
                                .build())
                        .build()));
        if (!shape.clustering().isEmpty()) {
            definition.setClustering(
                    Clustering.newBuilder().setFields(shape.clustering()).build());
        }
        TableInfo.Builder info = TableInfo.newBuilder(id(table), definition.build());
        if (!shape.labels().isEmpty()) {
            info.setLabels(shape.labels());
        }
        if (!shape.description().isEmpty()) {
            info.setDescription(shape.description());
        }
        if (partitioning.filterRequired()) {
            info.setRequirePartitionFilter(true);
        }
        if (!shape.primaryKey().isEmpty()) {
            info.setTableConstraints(TableConstraints.newBuilder()
                    .setPrimaryKey(PrimaryKey.newBuilder()
                            .setColumns(shape.primaryKey())
                            .build())
                    .build());
        }
        try {
            rest.create(info.build());
            shape.maxStaleness().ifPresent(staleness -> setMaxStaleness(table, staleness));
            return true;
        } catch (BigQueryException e) {
            if (ErrorTranslator.isConflict(e)) {
                return false;
            }
            throw ErrorTranslator.exception("creating table " + name(table), e);
        }
    }

    /** Google's client has no field for this option. */
    private void setMaxStaleness(String table, Duration staleness) {
        alter(
                table,
                "SET OPTIONS (max_staleness = INTERVAL " + staleness.toSeconds() + " SECOND)",
                "setting max_staleness");
    }

    /** The REST API changes no types of columns. */
    @Override
    public void changeType(String table, String column, ColumnType type) {
        alter(
                table,
                "ALTER COLUMN `" + column + "` SET DATA TYPE " + type,
                "changing column " + column + " to " + type);
    }

    private void alter(String table, String change, String what) {
        String call = what + " of table " + name(table);
        JobId id = JobId.newBuilder()
                .setProject(service.project())
                .setLocation(service.location())
                .setRandomJob()
                .build();
        try {
            rest.query(QueryJobConfiguration.of("ALTER TABLE " + service.sqlName(table) + " " + change), id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorTranslator.exception(call, e);
        } catch (RuntimeException e) {
            throw ErrorTranslator.exception(call, e);
        }
    }

    @Override
    public void update(String table, List<Column> columns) {
        Table present = find(table)
                .orElseThrow(() -> new TableMismatchException(
                        "Table " + name(table) + " was deleted while its schema was being changed. Restart the task."));
        StandardTableDefinition definition = appendable(table, present);
        Schema old = definition.getSchema();
        FieldList oldFields = old == null ? FieldList.of() : old.getFields();
        try {
            present.toBuilder()
                    .setDefinition(definition.toBuilder()
                            .setSchema(Schema.of(changed(oldFields, columns)))
                            .build())
                    .build()
                    .update();
        } catch (BigQueryException e) {
            throw ErrorTranslator.exception("changing the schema of table " + name(table), e);
        }
    }

    /** The partition column by which every query of the table must filter, or empty. */
    Optional<String> requiredPartitionFilter(String table) {
        Optional<Table> found = find(table);
        if (found.isEmpty() || !(found.get().getDefinition() instanceof StandardTableDefinition definition)) {
            return Optional.empty();
        }
        TimePartitioning time = definition.getTimePartitioning();
        boolean required = Boolean.TRUE.equals(found.get().getRequirePartitionFilter())
                || (time != null && Boolean.TRUE.equals(time.getRequirePartitionFilter()));
        if (!required) {
            return Optional.empty();
        }
        RangePartitioning range = definition.getRangePartitioning();
        if (range != null) {
            return Optional.of(range.getField());
        }
        return Optional.of(time == null || time.getField() == null ? "_PARTITIONTIME" : time.getField());
    }

    private Optional<Table> find(String table) {
        try {
            return Optional.ofNullable(rest.getTable(id(table)));
        } catch (BigQueryException e) {
            if (ErrorTranslator.isNotFound(e)) {
                return Optional.empty();
            }
            throw ErrorTranslator.exception("reading table " + name(table), e);
        } catch (IllegalArgumentException e) {
            // Google's client does not know the kind of the table.
            throw new TableMismatchException(
                    Extent.TABLE,
                    name(table) + " is of a kind that the sink does not know (" + e.getMessage() + "). Choose another"
                            + " name in the configuration.");
        }
    }

    /** The definition of a table to which rows can be appended. */
    private StandardTableDefinition appendable(String table, Table found) {
        TableDefinition definition = found.getDefinition();
        if (definition instanceof StandardTableDefinition standard) {
            return standard;
        }
        String kind = kind(definition.getType());
        throw new TableMismatchException(
                Extent.TABLE,
                name(table) + " is " + kind + ". Rows can be written only to a table. Choose another name in the"
                        + " configuration, or give the " + kind.substring(kind.indexOf(' ') + 1) + " another name.");
    }

    private static String kind(TableDefinition.Type type) {
        if (type.equals(TableDefinition.Type.VIEW)) {
            return "a view";
        }
        if (type.equals(TableDefinition.Type.MATERIALIZED_VIEW)) {
            return "a materialized view";
        }
        if (type.equals(TableDefinition.Type.EXTERNAL)) {
            return "an external table";
        }
        return type.equals(TableDefinition.Type.SNAPSHOT) ? "a table snapshot" : "a resource of type " + type;
    }

    private TableId id(String table) {
        return TableId.of(service.project(), service.dataset(), table);
    }

    private String name(String table) {
        return service.datasetName() + "." + table;
    }

    private static List<Column> columns(FieldList fields) {
        List<Column> columns = new ArrayList<>();
        for (Field field : fields) {
            Column.Mode mode = field.getMode() == null
                    ? Column.Mode.NULLABLE
                    : Column.Mode.valueOf(field.getMode().name());
            columns.add(
                    field.getType().equals(LegacySQLTypeName.RECORD)
                            ? new Column(field.getName(), ColumnType.STRUCT, mode, columns(field.getSubFields()))
                            : Column.of(field.getName(), type(field), mode)
                                    .withPolicyTag(tag(field))
                                    .withDigits(digits(field)));
        }
        return columns;
    }

    private static Optional<Digits> digits(Field field) {
        Long scale = field.getScale();
        return Optional.ofNullable(field.getPrecision())
                .map(precision -> new Digits(precision.intValue(), scale == null ? 0 : scale.intValue()));
    }

    /** The column's tag; only columns without fields have tags. */
    private static Optional<String> tag(Field field) {
        PolicyTags tags = field.getPolicyTags();
        return tags == null || tags.getNames() == null
                ? Optional.empty()
                : tags.getNames().stream().findFirst();
    }

    private static void setTag(Field.Builder field, Optional<String> tag) {
        tag.ifPresent(name -> field.setPolicyTags(PolicyTags.newBuilder()
                .setNames(name.isEmpty() ? List.of() : List.of(name))
                .build()));
    }

    private static ColumnType type(Field field) {
        StandardSQLTypeName known = field.getType().getStandardType();
        String name = known == null ? field.getType().name() : known.name();
        for (ColumnType type : ColumnType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return ColumnType.UNKNOWN;
    }

    private static List<Field> fields(List<Column> columns) {
        return columns.stream().map(BigQueryTableCatalog::field).toList();
    }

    private static Field field(Column column) {
        Field.Builder field = column.type() == ColumnType.STRUCT
                ? Field.newBuilder(column.name(), StandardSQLTypeName.STRUCT, FieldList.of(fields(column.fields())))
                : Field.newBuilder(
                        column.name(), StandardSQLTypeName.valueOf(column.type().name()));
        if (!column.description().isEmpty()) {
            field.setDescription(column.description());
        }
        column.digits()
                .ifPresent(
                        digits -> field.setPrecision((long) digits.precision()).setScale((long) digits.scale()));
        setTag(field, column.policyTag().filter(tag -> !tag.isEmpty()));
        return field.setMode(Field.Mode.valueOf(column.mode().name())).build();
    }

    /** The new fields; unknown properties of existing fields (descriptions, policy tags, lengths) are kept. */
    private static List<Field> changed(FieldList old, List<Column> columns) {
        List<Field> fields = new ArrayList<>();
        for (Column column : columns) {
            Optional<Field> same = old.stream()
                    .filter(field -> field.getName().equalsIgnoreCase(column.name()))
                    .findFirst();
            if (same.isEmpty()) {
                fields.add(field(column));
                continue;
            }
            Field kept = same.get();
            Field.Builder builder =
                    kept.toBuilder().setMode(Field.Mode.valueOf(column.mode().name()));
            if (column.type() == ColumnType.STRUCT) {
                builder.setType(
                        StandardSQLTypeName.STRUCT, FieldList.of(changed(kept.getSubFields(), column.fields())));
            }
            setTag(builder, column.policyTag());
            fields.add(builder.build());
        }
        return fields;
    }
}
