package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of columns by DDL also change the rows that are not visible yet, and what is known about changes by primary key. */
class ColumnChangesTest {

    private static final DatasetRef SHOP = new DatasetRef("p", "shop");
    private static final TableRef T = TableRef.of(SHOP, "t");
    private static final TableFieldSchema NUMERIC_A =
            new TableFieldSchema().setName("a").setType("NUMERIC");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Warehouse warehouse;

    @BeforeEach
    void open() throws SQLException {
        warehouse = Warehouse.open(folder.resolve("warehouse.duckdb"), Clock.systemUTC(), "200MB");
        warehouse.inTransaction(session -> {
            Dataset unused = session.createDataset(new Dataset().setDatasetReference(SHOP.toReference()));
            return session.createTable(new Table()
                    .setTableReference(T.toReference())
                    .setTableConstraints(new TableConstraints()
                            .setPrimaryKey(new TableConstraints.PrimaryKey().setColumns(new ArrayList<>(List.of("a")))))
                    .setSchema(new TableSchema()
                            .setFields(new ArrayList<>(List.of(
                                    new TableFieldSchema().setName("a").setType("INTEGER"),
                                    new TableFieldSchema().setName("b").setType("INTEGER"),
                                    new TableFieldSchema().setName("c").setType("STRING"))))));
        });
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    private String rows(TableRef table) throws SQLException {
        return warehouse.read(session -> {
            StringBuilder text = new StringBuilder();
            StoredTable stored = session.catalog().requireTable(table);
            try (Statement statement = session.connection().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT * FROM " + stored.sqlName() + " ORDER BY 1")) {
                while (rows.next()) {
                    for (int i = 1; i <= stored.columns().size(); i++) {
                        text.append(rows.getObject(i)).append(' ');
                    }
                }
            }
            return text.toString().strip();
        });
    }

    @Test
    void rowsThatAreNotVisibleYetFollowTheChanges() throws Exception {
        warehouse.inTransaction(session -> {
            session.hold(session.catalog().requireTable(T), "stream", 0, List.<@Nullable Object[]>of(new Object[] {
                1L, 2L, "x"
            }));
            return true;
        });
        TableRef renamed = TableRef.of(SHOP, "renamed");
        warehouse.inTransaction(session -> {
            session.renameColumn(T, "B", "n");
            session.changeType(T, new TableFieldSchema().setName("n").setType("NUMERIC"));
            session.dropColumn(T, "c");
            return session.renameTable(T, renamed);
        });
        assertThat(rows(renamed)).isEmpty();

        warehouse.inTransaction(
                session -> session.release(session.catalog().requireTable(renamed), "stream", Long.MAX_VALUE));

        assertThat(rows(renamed)).isEqualTo("1 2.000000000");
        assertThat(warehouse.catalog().table(T)).isEmpty();
    }

    private void change(Object key, String sequence, boolean deletes) throws SQLException {
        warehouse.appending(session -> {
            session.change(
                    session.catalog().requireTable(T),
                    List.<@Nullable Object[]>of(new Object[] {key, 1L, "x"}),
                    List.of(RowChange.parse(deletes ? "DELETE" : "UPSERT", sequence)),
                    null);
            return true;
        });
    }

    @Test
    void sequenceNumbersOfKeysFollowTheChangeOfTheirType() throws Exception {
        change(1L, "5", false);
        warehouse.inTransaction(session -> session.changeType(T, NUMERIC_A));
        change(new BigDecimal("1.5"), "5", false);
        assertThat(rows(T)).isEqualTo("1.000000000 1 x 1.500000000 1 x");

        change(new BigDecimal("1.5"), "3", true);

        assertThat(rows(T)).as("the change with the lower number").isEqualTo("1.000000000 1 x 1.500000000 1 x");
    }
}
