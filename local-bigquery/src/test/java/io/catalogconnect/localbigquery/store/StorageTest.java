package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How DuckDB stores rows in the file. */
final class StorageTest {
    private static final DatasetRef SHOP = new DatasetRef("p", "shop");
    private static final TableRef T = TableRef.of(SHOP, "t");
    private static final int ROWS = 10_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void textIsStoredUncompressedAndNumbersCompressed() throws SQLException {
        Path file = folder.resolve("warehouse.duckdb");
        try (Warehouse warehouse = Warehouse.open(file, Clock.systemUTC(), "200MB")) {
            append(warehouse);
        }
        try (Warehouse warehouse = Warehouse.open(file, Clock.systemUTC(), "200MB")) {
            assertThat(compression(warehouse, "name")).containsExactly("Uncompressed");
            assertThat(compression(warehouse, "number")).containsExactly("BitPacking");
        }
    }

    private static void append(Warehouse warehouse) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (long i = 0; i < ROWS; i++) {
            rows.add(new Object[] {"product " + i % 100 + " of the catalogue", i});
        }
        long appended = warehouse.inTransaction(session -> {
            Dataset unused = session.createDataset(new Dataset().setDatasetReference(SHOP.toReference()));
            StoredTable table = session.createTable(new Table()
                    .setTableReference(T.toReference())
                    .setSchema(new TableSchema()
                            .setFields(new ArrayList<>(List.of(
                                    new TableFieldSchema().setName("name").setType("STRING"),
                                    new TableFieldSchema().setName("number").setType("INTEGER"))))));
            return session.append(table, rows, null);
        });
        assertThat(appended).isEqualTo(ROWS);
    }

    private static List<String> compression(Warehouse warehouse, String column) throws SQLException {
        return warehouse.read(session -> {
            String table = session.catalog().requireTable(T).sqlName();
            List<String> methods = new ArrayList<>();
            try (Statement statement = session.connection().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT DISTINCT compression FROM pragma_storage_info("
                            + Sql.literal(table) + ") WHERE column_name = " + Sql.literal(column)
                            + " AND segment_type <> 'VALIDITY'")) {
                while (rows.next()) {
                    methods.add(rows.getString(1));
                }
            }
            return methods;
        });
    }
}
