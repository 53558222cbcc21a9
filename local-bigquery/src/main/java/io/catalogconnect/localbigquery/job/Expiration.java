package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Table;
import io.catalogconnect.localbigquery.store.Catalog;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Removes expired tables and partitions. Called before each request; it checks at most once a second, and at once after a table was
 * changed. Thread-safe.
 */
public final class Expiration {

    private static final long PAUSE_MILLIS = 1000;

    private record Check(long millis, Catalog catalog) {}

    private final Warehouse warehouse;
    private final AtomicReference<@Nullable Check> last = new AtomicReference<>();

    public Expiration(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** Removes what has expired, unless the last check was less than a second ago and no table was changed since. */
    public void sweep() throws SQLException {
        long now = warehouse.clock().millis();
        Catalog catalog = warehouse.catalog();
        Check before = last.get();
        boolean isRecent = before != null && now - before.millis() < PAUSE_MILLIS && before.catalog() == catalog;
        if (isRecent || !last.compareAndSet(before, new Check(now, catalog))) {
            return;
        }
        for (StoredTable table : tables(catalog)) {
            Table resource = table.resource();
            if (resource.getExpirationTime() != null && resource.getExpirationTime() <= now) {
                drop(table);
            } else {
                Optional<String> expired = expired(table, resource, now);
                if (expired.isPresent() && any(table, expired.get())) {
                    delete(table, expired.get());
                }
            }
        }
    }

    private static List<StoredTable> tables(Catalog catalog) {
        List<StoredTable> tables = new ArrayList<>();
        for (String project : catalog.projects()) {
            catalog.datasets(project)
                    .forEach(dataset -> tables.addAll(catalog.tables(new DatasetRef(
                            project, dataset.getDatasetReference().getDatasetId()))));
        }
        return tables;
    }

    /** SQL condition for the rows of expired partitions. */
    private static Optional<String> expired(StoredTable table, Table resource, long now) {
        Long after = resource.getTimePartitioning() == null
                ? null
                : resource.getTimePartitioning().getExpirationMs();
        if (after == null || after <= 0) {
            return Optional.empty();
        }
        String unit = table.partitioning().kind().name().toLowerCase(Locale.ROOT);
        String last =
                Instant.ofEpochMilli(now - after).toString().replace('T', ' ').replace("Z", "");
        return table.partitioning()
                .columnName()
                .map(column -> "date_trunc('" + unit + "', CAST(" + Sql.quote(column) + " AS TIMESTAMP)) <= TIMESTAMP '"
                        + last + "'");
    }

    private boolean any(StoredTable table, String condition) throws SQLException {
        return warehouse.read(session -> {
            if (!same(session.catalog(), table)) {
                return false;
            }
            try (Statement statement = session.connection().createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT 1 FROM " + table.sqlName() + " WHERE " + condition + " LIMIT 1")) {
                return rows.next();
            }
        });
    }

    private static boolean same(Catalog catalog, StoredTable table) {
        return catalog.table(table.ref())
                .filter(now -> now.physicalName().equals(table.physicalName()))
                .isPresent();
    }

    private void delete(StoredTable table, String condition) throws SQLException {
        warehouse.inTransaction(session -> {
            if (!same(session.catalog(), table)) {
                return 0;
            }
            try (Statement statement = session.connection().createStatement()) {
                return statement.executeUpdate("DELETE FROM " + table.sqlName() + " WHERE " + condition);
            }
        });
    }

    private void drop(StoredTable table) throws SQLException {
        warehouse.inTransaction(session -> {
            if (same(session.catalog(), table)) {
                session.dropTable(table.ref());
            }
            return true;
        });
    }
}
