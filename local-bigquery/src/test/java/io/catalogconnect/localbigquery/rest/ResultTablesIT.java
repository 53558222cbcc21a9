package io.catalogconnect.localbigquery.rest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import io.catalogconnect.localbigquery.TestClients;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables that query jobs name as their destination. */
class ResultTablesIT extends RestTest {

    private static Job run(String sql) throws InterruptedException {
        Job job = bigquery.client()
                .create(JobInfo.of(JobId.of(UUID.randomUUID().toString()), QueryJobConfiguration.of(sql)));
        return requireNonNull(job.waitFor());
    }

    private static @Nullable TableId destination(Job job) {
        return job.<QueryJobConfiguration>getConfiguration().getDestinationTable();
    }

    @Test
    void resultOfAQueryIsATableThatExpires() throws Exception {
        Job job = run("SELECT x, 'a' AS name FROM UNNEST([1, 2, 3]) AS x ORDER BY x");
        TableId result = requireNonNull(destination(job));

        Table table = requireNonNull(bigquery.client().getTable(result));
        assertThat(table.getNumRows()).isEqualTo(3);
        assertThat(table.getExpirationTime() - table.getCreationTime()).isEqualTo(86_400_000L);
        assertThat(requireNonNull(table.<StandardTableDefinition>getDefinition().getSchema())
                        .getFields()
                        .get("name")
                        .getType()
                        .name())
                .isEqualTo("STRING");
        assertThat(TestClients.rows(bigquery.client()
                        .listTableData(
                                result,
                                table.<StandardTableDefinition>getDefinition().getSchema())))
                .containsExactly("1,a", "2,a", "3,a");
        assertThat(bigquery.client().getTable(TableId.of(result.getDataset(), "anon0")))
                .isNull();
    }

    /** Only the tables of a dataset that a client created may be the destination of a statement that writes no anonymous table. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE shop.t AS SELECT 1 AS x | t | CREATE",
                "CREATE OR REPLACE TABLE shop.kept AS SELECT 2 AS x | kept | REPLACE",
                "CREATE TABLE IF NOT EXISTS shop.kept (x INT64) | kept | SKIP",
                "CREATE VIEW shop.v AS SELECT 1 AS x | | CREATE",
                "INSERT shop.kept VALUES (2) | kept |",
                "UPDATE shop.kept SET x = 3 WHERE TRUE | kept |",
                "MERGE shop.kept USING (SELECT 1 AS y) ON FALSE WHEN NOT MATCHED THEN INSERT (x) VALUES (y) | kept |",
                "DELETE shop.kept WHERE TRUE | kept |",
                "DROP TABLE shop.kept | | DROP",
            })
    void statementNamesTheTableThatItWrites(String sql, @Nullable String table, @Nullable String operation)
            throws Exception {
        bigquery.query("CREATE TABLE shop.kept AS SELECT 1 AS x");

        Job job = run(sql);

        TableId destination = destination(job);
        assertThat(destination == null ? null : destination.getTable()).isEqualTo(table);
        com.google.cloud.bigquery.JobStatistics.QueryStatistics statistics = job.getStatistics();
        assertThat(statistics.getDdlOperationPerformed()).isEqualTo(operation);
        if (operation != null) {
            assertThat(requireNonNull(statistics.getDdlTargetTable()).getDataset())
                    .isEqualTo("shop");
        }
    }

    @Test
    void temporaryTableInTheDatasetOfResultsIsHidden() throws Exception {
        String dataset = requireNonNull(destination(run("SELECT 1"))).getDataset();

        bigquery.query("CREATE TABLE " + dataset + ".memtable AS SELECT 5 AS x");

        assertThat(bigquery.rows("SELECT x FROM " + dataset + ".memtable")).containsExactly("5");
        assertThat(requireNonNull(bigquery.client().getTable(dataset, "memtable"))
                        .getExpirationTime())
                .isNotNull();
        assertThat(bigquery.client().listDatasets("p").iterateAll())
                .extracting(shown -> shown.getDatasetId().getDataset())
                .containsExactly("shop");
        assertThat(bigquery.rows("SELECT schema_name FROM INFORMATION_SCHEMA.SCHEMATA"))
                .containsExactly("shop");
        bigquery.client().delete(TableId.of(dataset, "memtable"));
    }
}
