package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.math.BigInteger;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The current write transaction and the catalog that it will commit. */
final class Session implements WriteSession {
    private static final Pattern DATASET_ID = Pattern.compile("[A-Za-z0-9_\\-]{1,1024}");
    private static final Pattern TABLE_ID = Pattern.compile("[\\p{L}\\p{N}\\p{M}_\\-\\p{Pc}\\p{Pd} ]{1,1024}");

    private final DuckDBConnection connection;
    private final Clock clock;
    private final InvisibleRows held;
    private final RowChanges changes;
    private final Rewrites rewrites;
    private Optional<Set<String>> rewritten = Optional.empty();
    private Catalog catalog;
    private boolean rollsBack;

    Session(DuckDBConnection connection, Catalog catalog, Clock clock, Rewrites rewrites, Set<String> changedTables) {
        this.rewrites = rewrites;
        this.changes = new RowChanges(connection, changedTables);
        this.connection = connection;
        this.catalog = catalog;
        this.clock = clock;
        this.held = new InvisibleRows(connection);
    }

    @Override
    public DuckDBConnection connection() {
        return connection;
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public long rewrites(StoredTable table) {
        return rewrites.of(table);
    }

    @Override
    public void rewritesOnly(Set<TableRef> tables) {
        rewritten = Optional.of(tables.stream()
                .flatMap(table -> catalog.table(table).stream())
                .map(StoredTable::physicalName)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** The physical names of the tables in which this transaction changes or removes rows; empty if it may do so in any table. */
    Optional<Set<String>> rewritten() {
        return rewritten;
    }

    @Override
    public void rollBackAtEnd() {
        rollsBack = true;
    }

    boolean rollsBack() {
        return rollsBack;
    }

    /** Applies all changes of rows by primary key. */
    void applyChanges() throws SQLException {
        changes.apply(catalog);
    }

    /** The physical names of the tables with changes that are not applied. */
    Set<String> changedTables() {
        return changes.pending();
    }

    @Override
    public Dataset createDataset(Dataset dataset) throws SQLException {
        DatasetRef ref = DatasetRef.of(dataset);
        if (!DATASET_ID.matcher(ref.dataset()).matches()) {
            throw StoreException.invalid("Invalid dataset ID \"" + ref.dataset()
                    + "\". Dataset IDs must be alphanumeric (plus underscores and"
                    + " dashes) and must be at most 1024 characters long.");
        }
        if (catalog.dataset(ref).isPresent()) {
            throw ref.duplicate();
        }
        Dataset created = ResourceJson.copy(dataset);
        created.setCreationTime(clock.millis());
        if (created.getLocation() == null) {
            created.setLocation("US");
        }
        return put(ref, created);
    }

    @Override
    public Dataset updateDataset(Dataset dataset) throws SQLException {
        DatasetRef ref = DatasetRef.of(dataset);
        Dataset before = catalog.requireDataset(ref);
        Dataset changed = ResourceJson.copy(dataset);
        changed.setCreationTime(before.getCreationTime()).setLocation(before.getLocation());
        return put(ref, changed);
    }

    private Dataset put(DatasetRef ref, Dataset dataset) throws SQLException {
        dataset.setKind("bigquery#dataset")
                .setId(ref.toString())
                .setType("DEFAULT")
                .setLastModifiedTime(clock.millis());
        dataset.setEtag(etag());
        SystemTables.put(connection, ref, dataset);
        catalog = catalog.with(ref, dataset);
        return ResourceJson.copy(dataset);
    }

    @Override
    public void dropDataset(DatasetRef dataset, boolean withTables) throws SQLException {
        catalog.requireDataset(dataset);
        List<StoredTable> tables = catalog.tables(dataset);
        if (!tables.isEmpty() && !withTables) {
            throw new StoreException(StoreException.Reason.IN_USE, "Dataset " + dataset + " is still in use");
        }
        for (StoredTable table : tables) {
            dropTable(table.ref());
        }
        SystemTables.remove(connection, dataset);
        catalog = catalog.without(dataset);
    }

    @Override
    public StoredTable createTable(Table table) throws SQLException {
        TableRef ref = TableRef.of(table.getTableReference());
        Dataset dataset =
                ref.dataset().equals(DatasetRef.ANONYMOUS) || ref.datasetRef().isOfScript()
                        ? temporary(ref.datasetRef())
                        : catalog.requireDataset(ref.datasetRef());
        if (!TABLE_ID.matcher(ref.table()).matches()) {
            throw StoreException.invalid("Invalid table ID \"" + ref.table() + "\".");
        }
        if (catalog.table(ref).isPresent()) {
            throw ref.duplicate();
        }
        Table created = ResourceJson.copy(table);
        created.setCreationTime(clock.millis()).setLocation(dataset.getLocation());
        if (created.getExpirationTime() == null && dataset.getDefaultTableExpirationMs() != null) {
            created.setExpirationTime(clock.millis() + dataset.getDefaultTableExpirationMs());
        }
        StoredTable stored = put(created, "t" + SystemTables.nextNumber(connection));
        makePhysical(stored);
        return stored;
    }

    /** The dataset for temporary tables, which is created with the first one. */
    private Dataset temporary(DatasetRef ref) throws SQLException {
        Optional<Dataset> dataset = catalog.dataset(ref);
        return dataset.isPresent()
                ? dataset.get()
                : createDataset(new Dataset()
                        .setDatasetReference(ref.toReference())
                        .setDefaultTableExpirationMs(Duration.ofDays(1).toMillis()));
    }

    private void makePhysical(StoredTable table) throws SQLException {
        if (table.isView()) {
            return;
        }
        List<String> columns = new ArrayList<>();
        if (table.partitioning().byIngestionTime()) {
            columns.add(Sql.quote(Partitioning.INGESTION_TIME) + " " + FieldType.TIMESTAMP.duckType());
        }
        for (Column column : table.columns()) {
            columns.add(Sql.quote(column.name()) + " " + column.duckType());
        }
        if (columns.isEmpty()) {
            // DuckDB has no tables without columns. A BigQuery table has no columns until the first load or patch sets
            // a schema.
            columns.add(SchemaChange.PLACEHOLDER + " BOOLEAN");
        }
        execute("CREATE TABLE " + table.sqlName() + "(" + String.join(", ", columns) + ")");
    }

    @Override
    public StoredTable updateTable(Table table) throws SQLException {
        StoredTable before = catalog.requireTable(TableRef.of(table.getTableReference()));
        Table changed = ResourceJson.copy(table);
        Table old = before.resource();
        changed.setCreationTime(old.getCreationTime()).setLocation(old.getLocation());
        if (changed.getSchema() == null && changed.getView() == null) {
            changed.setSchema(old.getSchema());
        }
        StoredTable after = put(changed, before.physicalName());
        if (!before.isView()) {
            if (!samePartitioning(before, after)) {
                throw StoreException.invalid(
                        "Cannot change partitioning/clustering spec for a partitioned/clustered table. Table "
                                + before.ref() + ".");
            }
            for (String statement : SchemaChange.statements(before, after, before.sqlName())) {
                execute(statement);
            }
            if (!keyNames(before).equals(keyNames(after))) {
                changes.drop(before);
            }
            if (held.exists(before)) {
                for (String statement : SchemaChange.statements(before, after, InvisibleRows.sqlName(before))) {
                    execute(statement);
                }
            }
        }
        return after;
    }

    private static List<String> keyNames(StoredTable table) {
        return table.primaryKey().stream().map(Column::name).toList();
    }

    private static boolean samePartitioning(StoredTable before, StoredTable after) {
        return before.partitioning().equals(after.partitioning());
    }

    @Override
    public StoredTable dropColumn(TableRef table, String column) throws SQLException {
        StoredTable before = catalog.requireTable(table);
        Column dropped = before.column(column)
                .orElseThrow(() -> StoreException.invalid("Column not found: " + column + " in table " + table + "."));
        Table changed = before.resource();
        List<TableFieldSchema> fields = new ArrayList<>(changed.getSchema().getFields());
        fields.removeIf(field -> field.getName().equalsIgnoreCase(dropped.name()));
        if (fields.isEmpty()) {
            throw StoreException.invalid("Cannot drop the only column " + dropped.name() + " of table " + table + ".");
        }
        changed.setSchema(new TableSchema().setFields(fields));
        StoredTable after = put(changed, before.physicalName());
        execute("ALTER TABLE " + before.sqlName() + " DROP COLUMN " + Sql.quote(dropped.name()));
        if (held.exists(before)) {
            execute("ALTER TABLE " + InvisibleRows.sqlName(before) + " DROP COLUMN " + Sql.quote(dropped.name()));
        }
        return after;
    }

    @Override
    public StoredTable renameTable(TableRef table, TableRef to) throws SQLException {
        StoredTable before = catalog.requireTable(table);
        if (!TABLE_ID.matcher(to.table()).matches()) {
            throw StoreException.invalid("Invalid table ID \"" + to.table() + "\".");
        }
        if (catalog.table(to).isPresent()) {
            throw to.duplicate();
        }
        SystemTables.remove(connection, table);
        catalog = catalog.without(table);
        return put(before.resource().setTableReference(to.toReference()), before.physicalName());
    }

    @Override
    public StoredTable renameColumn(TableRef table, String column, String to) throws SQLException {
        StoredTable before = catalog.requireTable(table);
        Table changed = before.resource();
        changed.getSchema().getFields().stream()
                .filter(field -> field.getName().equalsIgnoreCase(column))
                .forEach(field -> field.setName(to));
        StoredTable after = put(changed, before.physicalName());
        String rename = " RENAME COLUMN " + Sql.quote(column) + " TO " + Sql.quote(to);
        execute("ALTER TABLE " + before.sqlName() + rename);
        if (held.exists(before)) {
            execute("ALTER TABLE " + InvisibleRows.sqlName(before) + rename);
        }
        return after;
    }

    @Override
    public StoredTable changeType(TableRef table, TableFieldSchema column) throws SQLException {
        StoredTable before = catalog.requireTable(table);
        Table changed = before.resource();
        for (TableFieldSchema field : changed.getSchema().getFields()) {
            if (field.getName().equalsIgnoreCase(column.getName())) {
                field.setType(column.getType())
                        .setPrecision(column.getPrecision())
                        .setScale(column.getScale());
            }
        }
        StoredTable after = put(changed, before.physicalName());
        Column changedColumn = after.column(column.getName()).orElseThrow();
        String type = " ALTER COLUMN " + Sql.quote(column.getName()) + " TYPE " + changedColumn.duckType();
        changes.changeType(after, changedColumn);
        execute("ALTER TABLE " + before.sqlName() + type);
        if (held.exists(before)) {
            execute("ALTER TABLE " + InvisibleRows.sqlName(before) + type);
        }
        return after;
    }

    @Override
    public StoredTable replaceTable(Table table) throws SQLException {
        StoredTable before = catalog.requireTable(TableRef.of(table.getTableReference()));
        Table changed = ResourceJson.copy(table);
        Table old = before.resource();
        changed.setCreationTime(old.getCreationTime()).setLocation(old.getLocation());
        if (changed.getSchema() == null) {
            changed.setSchema(old.getSchema());
        }
        dropPhysical(before);
        StoredTable after = put(changed, before.physicalName());
        makePhysical(after);
        return after;
    }

    @Override
    public void dropTable(TableRef table) throws SQLException {
        StoredTable stored = catalog.requireTable(table);
        dropPhysical(stored);
        SystemTables.remove(connection, table);
        catalog = catalog.without(table);
    }

    private void dropPhysical(StoredTable table) throws SQLException {
        if (!table.isView()) {
            execute("DROP TABLE " + table.sqlName());
            held.drop(table);
            changes.drop(table);
        }
    }

    private StoredTable put(Table table, String physicalName) throws SQLException {
        TableRef ref = TableRef.of(table.getTableReference());
        table.setKind("bigquery#table").setId(ref.toString()).setType(table.getView() == null ? "TABLE" : "VIEW");
        table.setLastModifiedTime(BigInteger.valueOf(clock.millis())).setEtag(etag());
        if (table.getSchema() != null) {
            // Refuses duplicate names, which a check of a single column cannot find.
            ColumnRules.checkCount(ColumnRules.columns(table.getSchema().getFields()));
        }
        StoredTable stored = new StoredTable(ref, physicalName, table);
        SystemTables.put(connection, stored);
        catalog = catalog.with(stored);
        return stored;
    }

    private String etag() throws SQLException {
        return String.format(Locale.ROOT, "e%016x", SystemTables.nextNumber(connection));
    }

    @Override
    public long append(StoredTable table, Iterable<@Nullable Object[]> rows, @Nullable Instant partitionTime)
            throws SQLException {
        try (RowAppender appender = new RowAppender(connection, "data", table.physicalName(), table.columns())) {
            return appender.append(rows, RowAppender.Lead.of(arrival(table, partitionTime)));
        }
    }

    @Override
    public void change(
            StoredTable table,
            List<@Nullable Object[]> rows,
            List<RowChange> rowChanges,
            @Nullable Instant partitionTime)
            throws SQLException {
        changes.add(table, rows, rowChanges, arrival(table, partitionTime));
    }

    @Override
    public boolean hadChanges(StoredTable table) throws SQLException {
        return changes.exist(table);
    }

    private @Nullable Instant arrival(StoredTable table, @Nullable Instant partitionTime) {
        return table.partitioning().byIngestionTime()
                ? table.partitioning().truncate(partitionTime == null ? clock.instant() : partitionTime)
                : null;
    }

    @Override
    public void hold(StoredTable table, String holder, long offset, Iterable<@Nullable Object[]> rows)
            throws SQLException {
        held.hold(table, holder, offset, rows, arrival(table, null));
    }

    @Override
    public long release(StoredTable table, String holder, long end) throws SQLException {
        return held.release(table, holder, end);
    }

    @Override
    public void discard(StoredTable table, String holder) throws SQLException {
        held.discard(table, holder);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
