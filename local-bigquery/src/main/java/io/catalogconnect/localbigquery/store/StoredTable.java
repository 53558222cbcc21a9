package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * A table or view of the catalog. Immutable, but for what the mutable resource allows: ask {@link #resource()} for a copy each time.
 */
public final class StoredTable {
    private final TableRef ref;
    private final String body;
    private final String physicalName;
    private final List<Column> columns;
    private final Partitioning partitioning;

    StoredTable(TableRef ref, String physicalName, Table resource) {
        this.ref = ref;
        this.physicalName = physicalName;
        this.body = ResourceJson.toJson(resource);
        TableSchema schema = resource.getSchema();
        this.columns = schema == null || schema.getFields() == null
                ? List.of()
                : schema.getFields().stream().map(Column::of).toList();
        this.partitioning = Partitioning.of(resource, columns);
    }

    public TableRef ref() {
        return ref;
    }

    /** A copy of the table's resource, the caller's to change. */
    public Table resource() {
        return ResourceJson.parse(body, Table.class);
    }

    String body() {
        return body;
    }

    /** The columns that a user declared, in order; an ingestion-time table's {@code _PARTITIONTIME} is not among them. */
    public List<Column> columns() {
        return columns;
    }

    public Optional<Column> column(String name) {
        return Column.find(columns, name);
    }

    public Partitioning partitioning() {
        return partitioning;
    }

    public boolean isView() {
        return resource().getView() != null;
    }

    /**
     * Identifies this table among all that ever had its name: a table dropped and made again has another. Also the table's name within
     * schema {@code data}.
     */
    public String physicalName() {
        return physicalName;
    }

    /** What DuckDB calls the table, quoted and ready for SQL. Columns have the names of the schema; the hidden
     * {@code _PARTITIONTIME} comes before them. A view has no such table. */
    public String sqlName() {
        return "data." + Sql.quote(physicalName);
    }

    @Override
    public String toString() {
        return ref.toString();
    }
}
