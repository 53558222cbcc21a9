package io.catalogconnect.localbigquery.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics are computed for new rows only, and must equal the statistics of all rows. */
class TableStatisticsTest {
    private static final TableRef TABLE = new TableRef("p", "d", "t");
    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);

    @TempDir
    private Path folder;

    private Warehouse warehouse;
    private TableStatistics figures;

    @BeforeEach
    void open() throws SQLException {
        warehouse = Warehouse.open(folder.resolve("warehouse.duckdb"), Clock.systemUTC(), null);
        figures = new TableStatistics(warehouse);
        warehouse.inTransaction(session -> {
            session.createDataset(
                    new Dataset().setDatasetReference(TABLE.datasetRef().toReference()));
            return session.createTable(new Table()
                    .setTableReference(TABLE.toReference())
                    .setTimePartitioning(new TimePartitioning().setType("DAY").setField("day"))
                    .setSchema(new TableSchema()
                            .setFields(List.of(
                                    new TableFieldSchema().setName("text").setType("STRING"),
                                    new TableFieldSchema().setName("day").setType("DATE")))));
        });
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    private void append(int count, LocalDate day) throws SQLException {
        warehouse.appending(session -> {
            StoredTable table = session.catalog().requireTable(TABLE);
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                rows.add(new @Nullable Object[] {"abc", day});
            }
            return session.append(table, rows);
        });
    }

    private void execute(String sql) throws SQLException {
        warehouse.inTransaction(session -> {
            try (Statement statement = session.connection().createStatement()) {
                return statement.execute(
                        sql.replace("$t", session.catalog().requireTable(TABLE).sqlName()));
            }
        });
    }

    /** Rows and bytes, as the figures tell them and as those tell them that know nothing yet. */
    private void assertFigures(String partition, long rows, long bytes) throws SQLException {
        for (TableStatistics teller : List.of(figures, new TableStatistics(warehouse))) {
            Table table = teller.with(TABLE, partition);
            assertThat(table.getNumRows()).isEqualTo(rows);
            assertThat(table.getNumBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void statisticsIncludeAppendedRows() throws Exception {
        assertFigures("", 0, 0);
        append(3, DAY);
        assertFigures("", 3, 39);
        append(3000, DAY.plusDays(1));
        append(1, DAY);
        assertFigures("", 3004, 3004 * 13);
        assertFigures("20240101", 4, 52);
        append(1, DAY);
        assertFigures("20240101", 5, 65);
        assertFigures("20240102", 3000, 39_000);
    }

    @Test
    void statisticsAreCorrectAfterRowsAreChangedOrRemoved() throws Exception {
        append(10, DAY);
        assertFigures("", 10, 130);
        execute("UPDATE $t SET text = 'abcdef'");
        assertFigures("", 10, 160);
        execute("DELETE FROM $t WHERE rowid < 5");
        append(5, DAY);
        assertFigures("", 10, 80 + 65);
        execute("TRUNCATE $t");
        append(10, DAY.plusDays(1));
        assertFigures("", 10, 130);
        assertFigures("20240101", 0, 0);
    }

    @Test
    void changeOfOneTableIsNoChangeOfOthers() throws Exception {
        TableRef other = new TableRef("p", "d", "other");
        warehouse.inTransaction(session -> session.createTable(new Table()
                .setTableReference(other.toReference())
                .setSchema(new TableSchema()
                        .setFields(List.of(new TableFieldSchema().setName("n").setType("INT64"))))));
        long before = rewrites(TABLE);
        long beforeOfOther = rewrites(other);

        warehouse.inTransaction(session -> {
            session.rewritesOnly(Set.of(other));
            return true;
        });
        assertThat(rewrites(TABLE)).isEqualTo(before);
        assertThat(rewrites(other)).isGreaterThan(beforeOfOther);

        append(1, DAY);
        assertThat(rewrites(TABLE)).isEqualTo(before);

        execute("DELETE FROM $t");
        assertThat(rewrites(TABLE)).isGreaterThan(before).isEqualTo(rewrites(other));
    }

    private long rewrites(TableRef table) throws SQLException {
        return warehouse.read(session -> session.rewrites(session.catalog().requireTable(table)));
    }
}
