package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Checks the primary key of a table. BigQuery does not enforce that its values are unique, and neither does this server. */
final class PrimaryKeyRules {
    private static final int MAX_COLUMNS = 16;
    private static final Set<FieldType> TYPES = EnumSet.of(
            FieldType.BIGNUMERIC,
            FieldType.BOOL,
            FieldType.BYTES,
            FieldType.DATE,
            FieldType.DATETIME,
            FieldType.INT64,
            FieldType.NUMERIC,
            FieldType.STRING,
            FieldType.TIMESTAMP);

    private PrimaryKeyRules() {}

    /**
     * The columns of the primary key in their order; empty without one.
     *
     * @throws StoreException when BigQuery would refuse the key
     */
    static List<Column> columns(Table table, List<Column> columns) {
        TableConstraints constraints = table.getTableConstraints();
        if (constraints == null
                || constraints.getPrimaryKey() == null
                || constraints.getPrimaryKey().getColumns() == null) {
            return List.of();
        }
        List<Column> key = new ArrayList<>();
        for (String name : constraints.getPrimaryKey().getColumns()) {
            Column column = Column.find(columns, name)
                    .orElseThrow(() -> StoreException.invalid(
                            "Unsupported primary key column " + name + " either does not exist or is a pseudocolumn"));
            if (key.contains(column)) {
                throw StoreException.invalid("Duplicate column " + name + " specified in PRIMARY KEY");
            }
            if (column.repeated() || !TYPES.contains(column.type())) {
                throw StoreException.invalid("Column " + name + " of type " + column.typeText()
                        + " cannot be in the primary key of a table");
            }
            key.add(column);
        }
        if (key.size() > MAX_COLUMNS) {
            throw StoreException.invalid(
                    "A primary key can have at most " + MAX_COLUMNS + " columns, not " + key.size());
        }
        return List.copyOf(key);
    }
}
