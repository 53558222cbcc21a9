package io.catalogconnect.catalogctl.live.bigquery;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.PolicyTags;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableConstraints;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.ResultRows;
import io.catalogconnect.catalogctl.live.TableSize;
import io.catalogconnect.catalogctl.live.Tables;
import io.catalogconnect.contract.render.PrimaryKey;
import io.catalogconnect.contract.render.TableGrant;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TableSpec.TableColumn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tables through BigQuery's client. Thread-safe. */
public final class BigQueryTables implements Tables {
    private static final int FORBIDDEN = 403;
    private static final int ABSENT = 404;

    private final Dataset dataset;

    public BigQueryTables(Dataset dataset) {
        this.dataset = dataset;
    }

    @Override
    public void createDataset() {
        dataset.createIfMissing();
    }

    @Override
    public Optional<TableSpec> find(String name) {
        return dataset.call(() -> Optional.ofNullable(table(name)).map(table -> spec(name, table)));
    }

    private @Nullable Table table(String name) {
        return dataset.client().getTable(dataset.table(name));
    }

    private static TableSpec spec(String name, Table table) {
        if (!(table.getDefinition() instanceof StandardTableDefinition definition)) {
            throw new LiveException(name + " exists and is not a table. Choose another name.", null);
        }
        List<TableColumn> columns = new ArrayList<>();
        for (Field field : fields(definition)) {
            columns.add(new TableColumn(
                    field.getName(),
                    ColumnType.of(field),
                    field.getMode() == Field.Mode.REQUIRED,
                    text(field.getDescription()),
                    tag(field)));
        }
        TimePartitioning time = definition.getTimePartitioning();
        boolean filter = Boolean.TRUE.equals(table.getRequirePartitionFilter())
                || (time != null && Boolean.TRUE.equals(time.getRequirePartitionFilter()));
        Clustering clustering = definition.getClustering();
        List<String> clusters = clustering == null ? null : clustering.getFields();
        Long expiration = time == null ? null : time.getExpirationMs();
        Map<String, String> labels = new HashMap<>();
        table.getLabels().forEach((key, value) -> labels.put(key, text(value)));
        return new TableSpec(
                name,
                text(table.getDescription()),
                columns,
                time == null ? "none" : time.getType().name().toLowerCase(Locale.ROOT),
                time == null ? "" : text(time.getField()),
                expiration == null ? 0 : expiration,
                filter,
                clusters == null ? List.of() : clusters,
                PrimaryKey.NONE,
                labels);
    }

    @Override
    public Optional<Map<String, TableSize>> sizes(Collection<TableSpec> tables, String timestampColumn) {
        try {
            return Optional.of(new SizeQuery(dataset, timestampColumn).run(tables));
        } catch (LiveException e) {
            if (isAbsence(e) && !dataset.exists()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isAbsence(LiveException e) {
        return e.getCause() instanceof BigQueryException cause
                && (cause.getCode() == ABSENT || "notFound".equals(cause.getReason()));
    }

    @Override
    public void create(TableSpec table) {
        StandardTableDefinition.Builder definition = StandardTableDefinition.newBuilder()
                .setSchema(Schema.of(
                        table.columns().stream().map(BigQueryTables::field).toList()));
        setLayout(definition, table);
        TableInfo.Builder info = TableInfo.newBuilder(dataset.table(table.name()), definition.build())
                .setDescription(table.description())
                .setLabels(table.labels());
        if (table.requirePartitionFilter()) {
            info.setRequirePartitionFilter(true);
        }
        if (!table.key().columns().isEmpty()) {
            info.setTableConstraints(TableConstraints.newBuilder()
                    .setPrimaryKey(com.google.cloud.bigquery.PrimaryKey.newBuilder()
                            .setColumns(table.key().columns())
                            .build())
                    .build());
        }
        dataset.call(() -> {
            Dataset.created(() -> dataset.client().create(info.build()));
            return true;
        });
        if (table.key().maxStalenessMillis() > 0) {
            // Google's client has no field for this option.
            dataset.change(
                    "ALTER TABLE " + dataset.sqlName(table.name()) + " SET OPTIONS ("
                            + table.key().maxStalenessOption() + ")",
                    Map.of());
        }
    }

    @Override
    public void update(TableSpec wanted) {
        dataset.call(() -> {
            Table table = table(wanted.name());
            if (table == null || !(table.getDefinition() instanceof StandardTableDefinition definition)) {
                throw new LiveException(wanted.name() + " was deleted while it was being changed.", null);
            }
            StandardTableDefinition.Builder changed =
                    definition.toBuilder().setSchema(Schema.of(changed(fields(definition), wanted.columns())));
            setLayout(changed, wanted);
            Map<String, String> labels = new HashMap<>(table.getLabels());
            labels.putAll(wanted.labels());
            return table.toBuilder()
                    .setDefinition(changed.build())
                    .setDescription(wanted.description())
                    .setLabels(labels)
                    .setRequirePartitionFilter(wanted.requirePartitionFilter())
                    .build()
                    .update();
        });
    }

    @Override
    public Set<TableGrant> grants(String table) {
        return new TablePolicy(dataset, table).read();
    }

    @Override
    public void grant(TableGrant grant) {
        new TablePolicy(dataset, grant.table()).add(grant.role(), grant.member());
    }

    @Override
    public void revoke(TableGrant grant) {
        if (dataset.call(() -> Optional.ofNullable(table(grant.table()))).isPresent()) {
            new TablePolicy(dataset, grant.table()).remove(grant.role(), grant.member());
        }
    }

    @Override
    public Optional<String> jobRefusal() {
        return dataset.call(() -> {
            try {
                dataset.client()
                        .create(JobInfo.of(
                                dataset.query("SELECT 1").setDryRun(true).build()));
                return Optional.empty();
            } catch (BigQueryException e) {
                if (e.getCode() == FORBIDDEN) {
                    return Optional.of(String.valueOf(e.getMessage()));
                }
                throw e;
            }
        });
    }

    @Override
    public List<String> granted(String table, List<String> permissions) {
        return dataset.call(() -> dataset.client().testIamPermissions(dataset.table(table), permissions));
    }

    @Override
    public void delete(String name) {
        dataset.call(() -> dataset.client().delete(dataset.table(name)));
    }

    @Override
    public void forgetWrites(String table, Set<String> histories, Map<String, String> sink) {
        new SinkLedger(dataset, sink).forget(table, histories);
    }

    @Override
    public String sqlName(String table) {
        return dataset.sqlName(table);
    }

    @Override
    public Optional<BigDecimal> measure(String query, long maxBytes) {
        return new NumberQuery(dataset, maxBytes).run(query);
    }

    @Override
    public ResultRows select(String query, long maxBytes, int maxRows) {
        return new RowQuery(dataset, maxRows).run(query, maxBytes);
    }

    @Override
    public Map<String, Long> partitions(String table, int most) {
        return new SizeQuery(dataset, "").partitions(table, most);
    }

    @Override
    public ResultRows preview(String table, int maxRows) {
        return new RowQuery(dataset, maxRows).of(table);
    }

    private static void setLayout(StandardTableDefinition.Builder definition, TableSpec table) {
        if (!table.partitionType().equals("none")) {
            TimePartitioning.Builder time = TimePartitioning.newBuilder(
                    TimePartitioning.Type.valueOf(table.partitionType().toUpperCase(Locale.ROOT)));
            if (!table.partitionField().isEmpty()) {
                time.setField(table.partitionField());
            }
            if (table.expirationMillis() > 0) {
                time.setExpirationMs(table.expirationMillis());
            }
            definition.setTimePartitioning(time.build());
        }
        // The client omits null, which leaves the clustering of an existing table as it is.
        definition.setClustering(
                table.clustering().isEmpty()
                        ? null
                        : Clustering.newBuilder().setFields(table.clustering()).build());
    }

    /** The existing fields with descriptions and policy tags of the contract, and the missing columns at the end. */
    private static List<Field> changed(FieldList existing, List<TableColumn> wanted) {
        List<Field> fields = new ArrayList<>();
        for (Field field : existing) {
            Field.Builder changed = field.toBuilder();
            wanted.stream()
                    .filter(column -> column.name().equalsIgnoreCase(field.getName()))
                    .forEach(column -> {
                        describe(changed, column);
                        if (!column.required() && field.getMode() == Field.Mode.REQUIRED) {
                            changed.setMode(Field.Mode.NULLABLE);
                        }
                    });
            fields.add(changed.build());
        }
        for (TableColumn column : wanted) {
            if (existing.stream().noneMatch(field -> field.getName().equalsIgnoreCase(column.name()))) {
                fields.add(field(new TableColumn(
                        column.name(), column.type(), false, column.description(), column.policyTag())));
            }
        }
        return fields;
    }

    private static Field field(TableColumn column) {
        Field.Builder field = ColumnType.field(column.name(), column.type())
                .setMode(column.required() ? Field.Mode.REQUIRED : Field.Mode.NULLABLE);
        describe(field, column);
        return field.build();
    }

    /** A column without a policy tag in the contract keeps the one that it has. */
    private static void describe(Field.Builder field, TableColumn column) {
        if (!column.description().isEmpty()) {
            field.setDescription(column.description());
        }
        if (!column.policyTag().isEmpty()) {
            field.setPolicyTags(PolicyTags.newBuilder()
                    .setNames(List.of(column.policyTag()))
                    .build());
        }
    }

    private static FieldList fields(StandardTableDefinition definition) {
        Schema schema = definition.getSchema();
        return schema == null ? FieldList.of() : schema.getFields();
    }

    private static String tag(Field field) {
        PolicyTags tags = field.getPolicyTags();
        return tags == null || tags.getNames() == null
                ? ""
                : tags.getNames().stream().findFirst().orElse("");
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
