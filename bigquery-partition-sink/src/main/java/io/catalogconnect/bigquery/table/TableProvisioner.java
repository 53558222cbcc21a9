package io.catalogconnect.bigquery.table;

import io.catalogconnect.bigquery.table.TableMismatchException.Extent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Prepares a table for the rows of a schema: creates it, or compares it and changes it as far as the settings permit.
 * Thread-safe if the catalog is; two tasks that create the same table at the same time end with one table.
 */
public final class TableProvisioner {

    private static final Set<ColumnType> TIME_TYPES =
            EnumSet.of(ColumnType.DATE, ColumnType.DATETIME, ColumnType.TIMESTAMP);

    private final TableCatalog catalog;
    private final boolean mayCreate;
    private final SchemaEvolution evolution;

    public TableProvisioner(TableCatalog catalog, boolean mayCreate, SchemaEvolution evolution) {
        this.catalog = catalog;
        this.mayCreate = mayCreate;
        this.evolution = evolution;
    }

    /**
     * Prepares the table for rows with the wanted columns; blocks until it is done.
     *
     * @return whether types of columns were changed
     * @throws TableMismatchException if the table cannot accept the rows; the message says what to do
     */
    public boolean ensure(String table, TableShape wanted) {
        Optional<List<Column>> present = catalog.columns(table);
        if (present.isEmpty()) {
            if (!mayCreate) {
                throw new TableMismatchException(
                        Extent.TABLE, "table " + table + " does not exist. Create it, or set table.create=true.");
            }
            checkLayout(table, wanted);
            if (catalog.create(table, wanted)) {
                return false;
            }
            present = catalog.columns(table);
        }
        List<Column> columns = present.orElseThrow(() -> new TableMismatchException(
                Extent.TABLE, "table " + table + " was deleted while it was being created. Restart the task."));
        checkPrimaryKey(table, wanted.primaryKey());
        List<Column> merged = merge(table, "", columns, wanted.columns());
        List<Column> widened = widen(table, columns, merged);
        if (!merged.equals(widened)) {
            catalog.update(table, merged);
        }
        return !widened.equals(columns);
    }

    /** Changes the types of columns, and returns the columns as they are then. */
    private List<Column> widen(String table, List<Column> present, List<Column> merged) {
        List<Column> widened = new ArrayList<>();
        for (int i = 0; i < present.size(); i++) {
            Column column = present.get(i);
            ColumnType type = merged.get(i).type();
            if (column.type() != type) {
                catalog.changeType(table, column.name(), type);
                column = column.withType(type);
            }
            widened.add(column);
        }
        return widened;
    }

    /**
     * The columns of a table, or empty if it does not exist; blocks until they are read.
     *
     * @throws TableMismatchException if it cannot accept any row, for example because it is a view
     */
    public Optional<List<Column>> columns(String table) {
        return catalog.columns(table);
    }

    /**
     * Compares a table with the wanted columns, without a call.
     *
     * @throws TableMismatchException if it cannot be changed to accept the rows
     */
    public void compare(String table, List<Column> present, List<Column> wanted) {
        var unused = merge(table, "", present, wanted);
    }

    /**
     * BigQuery finds the row that a change replaces by the table's own primary key. Rows that are appended to such a table would remain
     * beside the rows that later changes of their keys write.
     *
     * @param wanted the primary key of changed rows; empty for appended rows
     */
    private void checkPrimaryKey(String table, List<String> wanted) {
        List<String> present = catalog.primaryKey(table);
        if (sorted(present).equals(sorted(wanted))) {
            return;
        }
        if (wanted.isEmpty()) {
            throw new TableMismatchException(
                    Extent.TABLE,
                    "table " + table + " has the primary key (" + String.join(", ", present)
                            + "), so it may receive changes by key, and this connector appends rows. Set write.mode=upsert, or"
                            + " choose another table, or drop the key with ALTER TABLE " + table
                            + " DROP PRIMARY KEY, then restart the task.");
        }
        String key = String.join(", ", wanted);
        throw new TableMismatchException(
                Extent.TABLE,
                present.isEmpty()
                        ? "table " + table
                                + " has no primary key, which write.mode=upsert requires. Add it with ALTER TABLE "
                                + table + " ADD PRIMARY KEY (" + key
                                + ") NOT ENFORCED, after removing rows with equal keys, then restart the task."
                        : "table " + table + " has the primary key (" + String.join(", ", present)
                                + "), and the records have the key (" + key
                                + "). Correct upsert.key.columns, or drop the table's primary key and add (" + key
                                + ") NOT ENFORCED, then restart the task.");
    }

    private static List<String> sorted(List<String> columns) {
        return columns.stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    private static void checkLayout(String table, TableShape shape) {
        Partitioning partitioning = shape.partitioning();
        partitioning.field().ifPresent(field -> {
            Column column = find(shape, field)
                    .orElseThrow(() -> new TableMismatchException(
                            Extent.SCHEMA_OF_NEW_TABLE,
                            "table " + table + " cannot be partitioned by '" + field
                                    + "', which the record's schema does not have. Correct partition.field; the schema has "
                                    + shape.columns().stream().map(Column::name).toList() + "."));
            boolean fits = partitioning.unit() == Partitioning.Unit.RANGE
                    ? column.type() == ColumnType.INT64
                    : TIME_TYPES.contains(column.type())
                            && (column.type() != ColumnType.DATE || partitioning.unit() != Partitioning.Unit.HOUR);
            if (!fits || column.mode() == Column.Mode.REPEATED) {
                throw new TableMismatchException(
                        Extent.SCHEMA_OF_NEW_TABLE,
                        "table " + table + " cannot be partitioned by "
                                + partitioning.unit() + " of '" + field + "', which is " + describe(column)
                                + ". Correct partition.type or partition.field.");
            }
        });
        for (String field : shape.clustering()) {
            if (find(shape, field).isEmpty()) {
                throw new TableMismatchException(
                        Extent.SCHEMA_OF_NEW_TABLE,
                        "table " + table + " cannot be clustered by '" + field
                                + "', which the record's schema does not have. Correct clustering.fields; the schema has "
                                + shape.columns().stream().map(Column::name).toList() + ".");
            }
        }
    }

    private static Optional<Column> find(TableShape shape, String name) {
        return shape.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private List<Column> merge(String table, String path, List<Column> present, List<Column> wanted) {
        Map<String, Column> merged = new LinkedHashMap<>();
        present.forEach(column -> merged.put(column.key(), column));
        for (Column column : wanted) {
            Column there = merged.get(column.key());
            merged.put(
                    column.key(),
                    there == null
                            ? added(table, path, column)
                            : reconciled(table, path + column.name(), there, column));
        }
        for (Column column : present) {
            if (column.mode() == Column.Mode.REQUIRED
                    && wanted.stream().noneMatch(w -> w.key().equals(column.key()))) {
                merged.put(column.key(), relaxed(table, path + column.name(), column, "is not in the record's schema"));
            }
        }
        return new ArrayList<>(merged.values());
    }

    private Column added(String table, String path, Column column) {
        if (evolution == SchemaEvolution.NONE) {
            throw new TableMismatchException(
                    extent(path + column.name()),
                    "table " + table + " has no column '" + path + column.name() + "' (" + column.type()
                            + "). Add it, or set schema.evolution=add.");
        }
        Column.Mode mode = column.mode() == Column.Mode.REPEATED ? Column.Mode.REPEATED : Column.Mode.NULLABLE;
        return column.withMode(mode);
    }

    private static Extent extent(String path) {
        boolean isInEveryRow =
                MetaColumns.ALL.stream().anyMatch(meta -> meta.name().equalsIgnoreCase(path));
        return isInEveryRow ? Extent.TABLE : Extent.SCHEMA;
    }

    private Column reconciled(String table, String path, Column there, Column wanted) {
        boolean repeated = there.mode() == Column.Mode.REPEATED;
        if (takesIntegers(there, wanted)) {
            return reconciled(table, path, there, wanted.withType(there.type()));
        }
        if (evolution == SchemaEvolution.WIDEN && isWidened(path, there, wanted)) {
            return reconciled(table, path, there.withType(wanted.type()), wanted);
        }
        if (there.type() != wanted.type() || repeated != (wanted.mode() == Column.Mode.REPEATED)) {
            throw new TableMismatchException(
                    extent(path),
                    "table " + table + ": column '" + path + "' is " + describe(there)
                            + ", and the record's schema requires " + describe(wanted)
                            + ". " + advice(path, there, wanted));
        }
        Column result = there;
        if (there.type() == ColumnType.STRUCT) {
            List<Column> fields = merge(table, path + ".", there.fields(), wanted.fields());
            result = there.withFields(fields);
        }
        if (wanted.policyTag().isPresent()
                && !wanted.policyTag().get().equals(there.policyTag().orElse(""))) {
            result = result.withPolicyTag(wanted.policyTag());
        }
        return there.mode() == Column.Mode.REQUIRED && wanted.mode() == Column.Mode.NULLABLE
                ? relaxed(table, path, result, "may be null in the record's schema")
                : result;
    }

    /** Whether rows that were encoded before the column was widened still fit. */
    private static boolean takesIntegers(Column there, Column wanted) {
        return wanted.type() == ColumnType.INT64
                && (there.type() == ColumnType.NUMERIC || there.type() == ColumnType.BIGNUMERIC);
    }

    private static boolean isWidened(String path, Column there, Column wanted) {
        return there.type().isWidenedTo(wanted.type())
                && there.mode() != Column.Mode.REPEATED
                && wanted.mode() != Column.Mode.REPEATED
                && path.indexOf('.') < 0;
    }

    private static String advice(String path, Column there, Column wanted) {
        if (there.type().written().isEmpty()) {
            return "The sink does not write columns of type " + there.type()
                    + ". Rename the field with a transformation, so that it gets a column of type " + wanted.type()
                    + ", and convert that column in a view, with "
                    + there.type().conversion() + ".";
        }
        String otherwise = "cast the field with a transformation, or send the topic to another table.";
        if (isWidened(path, there, wanted)) {
            return "Change the column with ALTER TABLE ... ALTER COLUMN " + path + " SET DATA TYPE " + wanted.type()
                    + " and restart the task, or set schema.evolution=widen. Otherwise " + otherwise;
        }
        String element = there.mode() == Column.Mode.REPEATED ? "arrays of " : "";
        return "A column of type " + describe(there) + " takes " + element
                + there.type().written() + ". BigQuery cannot change a column's type: " + otherwise;
    }

    private Column relaxed(String table, String path, Column column, String why) {
        if (evolution.compareTo(SchemaEvolution.RELAX) < 0) {
            throw new TableMismatchException("table " + table + ": column '" + path + "' is required and " + why
                    + ". Make it nullable, or set schema.evolution=relax.");
        }
        return column.withMode(Column.Mode.NULLABLE);
    }

    private static String describe(Column column) {
        return column.mode() == Column.Mode.REPEATED
                ? "REPEATED " + column.type()
                : column.type().name();
    }
}
