package io.catalogconnect.localbigquery.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.CopyJobConfiguration;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableDataWriteChannel;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables, jobs and statements that the sink and the demo rely on. */
class RestContractIT {
    @RegisterExtension
    static final ContractDataset bigquery = new ContractDataset();

    @SuppressWarnings("NullAway.Init")
    private TableId table;

    @SuppressWarnings("NullAway.Init")
    private String t;

    @BeforeEach
    void createTable() throws Exception {
        table = bigquery.table("(brand STRING, n INT64, day DATE) PARTITION BY day CLUSTER BY brand");
        t = table.getTable();
        bigquery.query("INSERT INTO " + t + " VALUES ('a', 1, DATE '2024-01-01'), ('b', 2, DATE '2024-01-02')");
    }

    private long changed(String sql) throws InterruptedException {
        return Objects.requireNonNull(bigquery.statistics(sql).getNumDmlAffectedRows());
    }

    @Test
    void queryCountsRowsOfPartitions() throws Exception {
        assertThat(bigquery.query("SELECT COUNT(*), COUNT(DISTINCT brand), MAX(n) FROM " + t))
                .containsExactly("2,2,2");
        assertThat(bigquery.query("SELECT partition_id, total_rows FROM INFORMATION_SCHEMA.PARTITIONS"
                        + " WHERE table_name = '" + t + "' ORDER BY 1"))
                .containsExactly("20240101,1", "20240102,1");
    }

    @Test
    void updateIsCompareAndSet() throws Exception {
        String update = "UPDATE " + t + " SET n = 10 WHERE brand = 'a' AND n = 1";
        assertThat(changed(update)).isEqualTo(1);
        assertThat(changed(update)).isZero();
    }

    @Test
    void mergeReportsItsRowCounts() throws Exception {
        QueryStatistics merged = bigquery.statistics("MERGE " + t
                + " USING (SELECT 'a' AS brand, 5 AS n UNION ALL SELECT 'c', 6) AS s ON " + t + ".brand = s.brand"
                + " WHEN MATCHED THEN UPDATE SET n = s.n"
                + " WHEN NOT MATCHED THEN INSERT (brand, n, day) VALUES (s.brand, s.n, DATE '2024-01-03')");
        assertThat(merged.getNumDmlAffectedRows()).isEqualTo(2);
        assertThat(Objects.requireNonNull(merged.getDmlStats()).getInsertedRowCount())
                .isEqualTo(1);
        assertThat(merged.getDmlStats().getUpdatedRowCount()).isEqualTo(1);
        assertThat(bigquery.query("SELECT brand, n FROM " + t + " ORDER BY n")).containsExactly("b,2", "a,5", "c,6");
    }

    @Test
    void bytesProcessedShowPruning() {
        assertThat(bigquery.dryRun("SELECT n, day FROM " + t)).isEqualTo(32);
        assertThat(bigquery.dryRun("SELECT n, day FROM " + t + " WHERE day = DATE '2024-01-01'"))
                .isEqualTo(16);
    }

    @Test
    void requiredPartitionFilterIsEnforced() throws Exception {
        bigquery.query("ALTER TABLE " + t + " SET OPTIONS (require_partition_filter = TRUE)");
        BigQueryException refused = bigquery.refusal("SELECT n FROM " + t);
        assertThat(refused.getCode()).isEqualTo(400);
        bigquery.assertSays(
                refused,
                "Cannot query over table ",
                "'" + bigquery.project() + "." + table.getDataset() + "." + t
                        + "' without a filter over column(s) 'day' that can be used for partition elimination");
        assertThat(bigquery.query("SELECT n FROM " + t + " WHERE day = '2024-01-02'"))
                .containsExactly("2");
    }

    @Test
    void loadReplacesOnePartitionAndItsJobIdCannotBeReused() throws Exception {
        JobId id = JobId.newBuilder()
                .setJob("contract-" + UUID.randomUUID())
                .setLocation("US")
                .build();
        load(id);

        BigQueryException taken = Assertions.catchThrowableOfType(BigQueryException.class, () -> load(id));
        assertThat(taken.getCode()).isEqualTo(409);
        assertThat(taken).hasMessageContaining("Already Exists: Job " + bigquery.project() + ":US." + id.getJob());
        assertThat(bigquery.query("SELECT brand, n FROM " + t + " ORDER BY n")).containsExactly("b,2", "c,3");
    }

    private void load(JobId id) throws Exception {
        WriteChannelConfiguration replace = WriteChannelConfiguration.newBuilder(
                        bigquery.id(t + "$20240101"), FormatOptions.csv())
                .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
                .build();
        TableDataWriteChannel channel = bigquery.rest().writer(id, replace);
        try (channel) {
            channel.write(ByteBuffer.wrap("c,3,2024-01-01\n".getBytes(StandardCharsets.UTF_8)));
        }
        Job loaded = channel.getJob().waitFor();
        assertThat(Objects.requireNonNull(loaded).getStatus().getError()).isNull();
    }

    @Test
    void copyHasTheRowsAndSchemaOfItsSource() throws Exception {
        TableId copy = bigquery.id(t + "_copy");
        Job copied = bigquery.rest()
                .create(JobInfo.of(CopyJobConfiguration.of(copy, table)))
                .waitFor();
        assertThat(Objects.requireNonNull(copied).getStatus().getError()).isNull();
        assertThat(bigquery.query("SELECT brand, n FROM " + copy.getTable() + " ORDER BY n"))
                .containsExactly("a,1", "b,2");
        StandardTableDefinition shape =
                Objects.requireNonNull(bigquery.rest().getTable(copy)).getDefinition();
        assertThat(Objects.requireNonNull(shape.getTimePartitioning()).getField())
                .isEqualTo("day");
    }

    @Test
    void tableResourceMatchesItsDefinition() {
        Table described = Objects.requireNonNull(bigquery.rest().getTable(table));
        StandardTableDefinition shape = described.getDefinition();
        assertThat(shape.getType()).isEqualTo(TableDefinition.Type.TABLE);
        assertThat(Objects.requireNonNull(shape.getClustering()).getFields()).containsExactly("brand");
        Table labelled = bigquery.rest()
                .update(described.toBuilder()
                        .setLabels(Map.of("team", "a"))
                        .setDescription("products")
                        .build());
        assertThat(labelled.getLabels()).isEqualTo(Map.of("team", "a"));
        assertThat(labelled.getDescription()).isEqualTo("products");
        assertThat(bigquery.rest().getTable(bigquery.id("nothing"))).isNull();
    }

    @Test
    void insertedRowsAreReadPageByPage() throws Exception {
        TableId numbers = bigquery.table("(n INT64)");
        InsertAllRequest.Builder rows = InsertAllRequest.newBuilder(numbers);
        for (int i = 0; i < 25; i++) {
            rows.addRow(Map.of("n", i));
        }
        assertThat(bigquery.onceSpread(() -> !inserts(rows.build()), refused -> !refused))
                .isFalse();
        List<Long> read = new ArrayList<>();
        for (FieldValueList row : bigquery.rest()
                .listTableData(numbers, TableDataListOption.pageSize(10))
                .iterateAll()) {
            read.add(row.get(0).getLongValue());
        }
        assertThat(read).hasSize(25).contains(0L, 24L).doesNotHaveDuplicates();
    }

    /** Returns whether the rows were accepted. A new table may still be unknown to streaming. */
    private static boolean inserts(InsertAllRequest rows) {
        try {
            assertThat(bigquery.rest().insertAll(rows).hasErrors()).isFalse();
            return true;
        } catch (BigQueryException e) {
            assertThat(e.getCode()).isEqualTo(404);
            return false;
        }
    }

    @Test
    void valuesHaveTheFormOfTheService() throws Exception {
        assertThat(bigquery.query("SELECT 1, 1.5, TRUE, 'é', b'\\x00\\xff', DATE '2024-02-29', TIME '01:02:03.5',"
                        + " DATETIME '2024-01-02T03:04:05', NUMERIC '1.50', CAST(NULL AS STRING)"))
                .containsExactly("1,1.5,true,é,AP8=,2024-02-29,01:02:03.500000,2024-01-02T03:04:05,1.5,null");
        assertThat(bigquery.query("SELECT UNIX_MICROS(TIMESTAMP '2024-01-02 03:04:05.123456+00')"))
                .containsExactly("1704164645123456");
    }

    @Test
    void queryErrorNamesItsPosition() {
        BigQueryException name = bigquery.refusal("SELECT foo FROM " + t);
        assertThat(name.getCode()).isEqualTo(400);
        bigquery.assertSays(name, "Unrecognized name: foo at [1:8]", "");
        bigquery.assertSays(bigquery.refusal("SELECT 1 / 0"), "division by zero: 1 / 0", "");
        assertThat(bigquery.refusal("SELECT * FROM nothing").getCode()).isEqualTo(404);
    }
}
