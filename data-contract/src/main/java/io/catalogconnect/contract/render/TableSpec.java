package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Column.Origin;
import io.catalogconnect.contract.model.ColumnKind;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of a contract, as the sink would create it, with the descriptions and labels of the contract.
 *
 * @param partitionType {@code hour}, {@code day}, {@code month}, {@code year} or {@code none}
 * @param partitionField column of the partitions; empty without partitions
 * @param expirationMillis age at which BigQuery deletes a partition; 0 for never
 * @param key primary key of a new table; an existing one keeps its own
 * @param labels labels in the order of the contract
 */
public record TableSpec(
        String name,
        String description,
        List<TableColumn> columns,
        String partitionType,
        String partitionField,
        long expirationMillis,
        boolean requirePartitionFilter,
        List<String> clustering,
        PrimaryKey key,
        Map<String, String> labels) {

    /**
     * A column of a table.
     *
     * @param type BigQuery type, as in {@code STRING} or {@code NUMERIC(12,2)}
     * @param policyTag resource name of a policy tag; empty if the contract has none for this environment
     */
    public record TableColumn(String name, String type, boolean required, String description, String policyTag) {}

    public TableSpec {
        columns = List.copyOf(columns);
        clustering = List.copyOf(clustering);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** A condition that all rows meet, in parentheses; empty if BigQuery answers queries of the table without a filter. */
    public Optional<String> requiredFilter() {
        if (!requirePartitionFilter || partitionType.equals("none")) {
            return Optional.empty();
        }
        return Optional.of(
                partitionField.isEmpty()
                        ? SqlText.allPartitions("_PARTITIONTIME", "TIMESTAMP")
                        : columns.stream()
                                .filter(column -> column.name().equalsIgnoreCase(partitionField))
                                .map(TableColumn::type)
                                .findFirst()
                                .map(type -> SqlText.allPartitions(partitionField, type))
                                .orElseThrow());
    }

    /** The same table with other labels. */
    public TableSpec withLabels(Map<String, String> others) {
        return with(columns, others);
    }

    /** The same table with other columns. */
    public TableSpec withColumns(List<TableColumn> others) {
        return with(others, labels);
    }

    private TableSpec with(List<TableColumn> otherColumns, Map<String, String> otherLabels) {
        return new TableSpec(
                name,
                description,
                otherColumns,
                partitionType,
                partitionField,
                expirationMillis,
                requirePartitionFilter,
                clustering,
                key,
                otherLabels);
    }

    /** The tables of a valid contract in an environment. The layout follows the rendered sink, whose settings may override it. */
    public static List<TableSpec> of(Contract contract, Environment environment) {
        Map<String, String> sink = SinkConnector.of(contract, environment).config();
        Map<String, String> labels = new LinkedHashMap<>();
        environment.labels().forEach((key, value) -> labels.put(key, environment.fill(value)));
        return contract.objects().stream()
                .map(object -> table(object, environment, sink, labels))
                .toList();
    }

    /**
     * The histories to which the sink appends the rows of the tables that it replaces, with the columns of the contract only,
     * which are required as in the records.
     */
    public static List<TableSpec> histories(Contract contract, Environment environment) {
        if (!environment.replaces()) {
            return List.of();
        }
        String suffix =
                SinkConnector.of(contract, environment).config().getOrDefault("replace.history.suffix", "_history");
        return contract.objects().stream()
                .map(object -> new TableSpec(
                        object.physicalName() + suffix,
                        "",
                        object.columns().stream()
                                .map(column -> new TableColumn(column.name(), type(column), isRequired(column), "", ""))
                                .toList(),
                        "none",
                        "",
                        0,
                        false,
                        List.of(),
                        PrimaryKey.NONE,
                        Map.of()))
                .toList();
    }

    private static TableSpec table(
            DataObject object, Environment environment, Map<String, String> sink, Map<String, String> labels) {
        PrimaryKey key = PrimaryKey.of(sink);
        boolean required = !environment.replaces() && key.isEmpty();
        List<TableColumn> columns = new ArrayList<>();
        for (Column column : object.columns()) {
            boolean isRequired = (required && isRequired(column)) || key.contains(column.name());
            columns.add(column(column, isRequired, environment));
        }
        columns.add(new TableColumn("_kafka_topic", "STRING", required, "", ""));
        columns.add(new TableColumn("_kafka_partition", "INT64", required, "", ""));
        columns.add(new TableColumn("_kafka_offset", "INT64", required, "", ""));
        String timestamp = sink.getOrDefault("timestamp.column", "_kafka_timestamp");
        if (!timestamp.isEmpty() && object.column(timestamp).isEmpty()) {
            columns.add(new TableColumn(timestamp, "TIMESTAMP", false, "", ""));
        }
        List<String> clustering =
                PrimaryKey.names(sink.getOrDefault("clustering.fields", "")).toList();
        return new TableSpec(
                object.physicalName(),
                object.description(),
                columns,
                sink.getOrDefault("partition.type", "day"),
                sink.getOrDefault("partition.field", ""),
                Math.max(0, Long.parseLong(sink.getOrDefault("partition.expiration.ms", "-1"))),
                sink.getOrDefault("partition.filter.required", "false").equals("true"),
                clustering.isEmpty() ? key.clustering() : clustering,
                key,
                labels);
    }

    private static TableColumn column(Column column, boolean isRequired, Environment environment) {
        return new TableColumn(
                column.name(),
                type(column),
                isRequired,
                column.description(),
                column.hasPolicyTagIn(environment.name()) ? column.policyTag() : "");
    }

    private static String type(Column column) {
        ColumnKind kind = column.kind();
        if (kind == null) {
            throw new IllegalStateException("Column " + column.name() + " has no valid type; lint the contract first");
        }
        return kind.bigQuery();
    }

    /** True if a column of appended rows is required; columns of headers are nullable. */
    private static boolean isRequired(Column column) {
        return column.required() && column.origin() != Origin.HEADER;
    }
}
