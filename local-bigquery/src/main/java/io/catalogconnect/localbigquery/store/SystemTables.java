package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The tables of the metadata. They have no keys or indexes: the {@link Catalog} in memory guarantees uniqueness, and an index of DuckDB
 * would add a conflict check to every update.
 */
final class SystemTables {
    private SystemTables() {}

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS meta");
            statement.execute("CREATE SCHEMA IF NOT EXISTS data");
            statement.execute("CREATE SCHEMA IF NOT EXISTS held");
            statement.execute("CREATE SCHEMA IF NOT EXISTS changes");
            statement.execute("CREATE SCHEMA IF NOT EXISTS applied");
            statement.execute("CREATE TABLE IF NOT EXISTS meta.datasets(ref VARCHAR NOT NULL, body VARCHAR NOT NULL)");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS meta.tables(ref VARCHAR NOT NULL, physical VARCHAR NOT NULL, body VARCHAR NOT NULL)");
            statement.execute("CREATE SEQUENCE IF NOT EXISTS meta.numbers");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS meta.policies(physical VARCHAR NOT NULL, body VARCHAR NOT NULL)");
        }
    }

    /** Makes DuckDB start the transaction and take its snapshot now. */
    static void touch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM meta.datasets LIMIT 1")) {
            rows.next();
        }
    }

    static Catalog load(Connection connection) throws SQLException {
        Catalog catalog = Catalog.EMPTY;
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT body FROM meta.datasets")) {
                while (rows.next()) {
                    Dataset dataset = ResourceJson.parse(rows.getString(1), Dataset.class);
                    catalog = catalog.with(DatasetRef.of(dataset), dataset);
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT physical, body FROM meta.tables")) {
                while (rows.next()) {
                    Table table = ResourceJson.parse(rows.getString(2), Table.class);
                    catalog = catalog.with(
                            new StoredTable(TableRef.of(table.getTableReference()), rows.getString(1), table));
                }
            }
        }
        return catalog;
    }

    static long nextNumber(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT nextval('meta.numbers')")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static boolean exists(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?")) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The names of the tables of a schema. */
    static Set<String> tables(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT table_name FROM duckdb_tables() WHERE schema_name = ?")) {
            statement.setString(1, schema);
            Set<String> names = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }

    static void put(Connection connection, DatasetRef ref, Dataset dataset) throws SQLException {
        remove(connection, ref);
        update(connection, "INSERT INTO meta.datasets VALUES (?, ?)", ref.toString(), ResourceJson.toJson(dataset));
    }

    static void put(Connection connection, StoredTable table) throws SQLException {
        remove(connection, table.ref());
        update(
                connection,
                "INSERT INTO meta.tables VALUES (?, ?, ?)",
                table.ref().toString(),
                table.physicalName(),
                table.body());
    }

    static void remove(Connection connection, DatasetRef ref) throws SQLException {
        update(connection, "DELETE FROM meta.datasets WHERE ref = ?", ref.toString());
    }

    static void remove(Connection connection, TableRef ref) throws SQLException {
        update(connection, "DELETE FROM meta.tables WHERE ref = ?", ref.toString());
    }

    private static void update(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
