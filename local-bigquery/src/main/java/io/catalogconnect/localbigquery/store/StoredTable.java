package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table or view of the catalog. Immutable: {@link #resource()} returns a copy of the mutable resource. */
public final class StoredTable {
    private final TableRef ref;
    private final String body;
    private final String physicalName;
    private final List<Column> columns;
    private final Map<String, Column> byName;
    private final Partitioning partitioning;
    private final List<Column> primaryKey;
    private final boolean view;

    StoredTable(TableRef ref, String physicalName, Table resource) {
        this.ref = ref;
        this.physicalName = physicalName;
        this.body = ResourceJson.toJson(resource);
        this.view = resource.getView() != null;
        TableSchema schema = resource.getSchema();
        this.columns = schema == null || schema.getFields() == null
                ? List.of()
                : schema.getFields().stream().map(ColumnRules::column).toList();
        this.byName = columns.stream()
                .collect(Collectors.toMap(column -> column.name().toLowerCase(Locale.ROOT), c -> c, (a, b) -> a));
        this.partitioning = Partitioning.of(resource, columns);
        this.primaryKey = PrimaryKeyRules.columns(resource, columns);
    }

    public TableRef ref() {
        return ref;
    }

    /** A copy of the table's resource. The caller may change it. */
    public Table resource() {
        return ResourceJson.parse(body, Table.class);
    }

    String body() {
        return body;
    }

    /** The declared columns in order, without the {@code _PARTITIONTIME} of an ingestion-time partitioned table. */
    public List<Column> columns() {
        return columns;
    }

    public Optional<Column> column(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    public Partitioning partitioning() {
        return partitioning;
    }

    /** The columns of the primary key in their order; empty without one. */
    public List<Column> primaryKey() {
        return primaryKey;
    }

    public boolean isView() {
        return view;
    }

    /**
     * The name of the table in DuckDB's schema {@code data}. Unique for all time: a table that is dropped and recreated has another
     * physical name.
     */
    public String physicalName() {
        return physicalName;
    }

    /**
     * The quoted name of the DuckDB table. Its columns have the names of the schema, after the hidden {@code _PARTITIONTIME}. A view has no
     * DuckDB table.
     */
    public String sqlName() {
        return "data." + Sql.quote(physicalName);
    }

    @Override
    public String toString() {
        return ref.toString();
    }
}
