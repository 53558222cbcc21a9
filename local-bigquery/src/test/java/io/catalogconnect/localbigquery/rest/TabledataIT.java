package io.catalogconnect.localbigquery.rest;

import static io.catalogconnect.localbigquery.rest.RestFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.InsertAllResponse;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that are streamed into tables over REST, and read page by page. */
class TabledataIT extends RestTest {

    private static final TableId PRODUCT = TableId.of("shop", "product");

    @BeforeEach
    void createTable() {
        bigquery.query("CREATE TABLE shop.product (brand STRING, n INT64, day DATE) PARTITION BY day");
    }

    @Test
    void insertedRowsAreReadPageByPage() {
        InsertAllRequest.Builder rows = InsertAllRequest.newBuilder(PRODUCT);
        for (int i = 0; i < 25; i++) {
            rows.addRow("id-" + i, Map.of("brand", "b" + i, "n", i, "day", "2024-01-" + (i % 2 == 0 ? "01" : "02")));
        }
        assertThat(bigquery.client().insertAll(rows.build()).hasErrors()).isFalse();
        assertThat(bigquery.client().insertAll(rows.build()).hasErrors()).isFalse();

        TableResult page = bigquery.client().listTableData(PRODUCT, TableDataListOption.pageSize(10));
        assertThat(page.getTotalRows()).isEqualTo(25);
        List<String> brands = new ArrayList<>();
        for (FieldValueList row : page.iterateAll()) {
            brands.add(row.get(0).getStringValue());
        }
        assertThat(brands).hasSize(25).startsWith("b0", "b1").endsWith("b24");
        assertThat(bigquery.client()
                        .listTableData(TableId.of("shop", "product$20240102"))
                        .getTotalRows())
                .isEqualTo(12);
        assertThat(bigquery.client()
                        .listTableData(PRODUCT, TableDataListOption.startIndex(20))
                        .getValues())
                .hasSize(5);
        assertThat(Objects.requireNonNull(bigquery.client().getTable(PRODUCT)).getNumRows())
                .isEqualTo(25);
    }

    @Test
    void malformedRowPreventsInsertUnlessInvalidRowsAreSkipped() {
        InsertAllRequest.Builder rows = InsertAllRequest.newBuilder(PRODUCT)
                .addRow(Map.of("brand", "good"))
                .addRow(Map.of("brand", "bad", "n", "x"))
                .addRow(Map.of("nope", 1));

        InsertAllResponse stopped = bigquery.client().insertAll(rows.build());
        assertThat(stopped.getErrorsFor(0).get(0).getReason()).isEqualTo("stopped");
        assertThat(stopped.getErrorsFor(1).get(0).getMessage()).isEqualTo("Could not parse 'x' as INT64");
        assertThat(stopped.getErrorsFor(2).get(0).getMessage()).isEqualTo("no such field: nope.");
        assertThat(bigquery.rows("SELECT COUNT(*) FROM shop.product")).containsExactly("0");

        InsertAllResponse skipped = bigquery.client()
                .insertAll(rows.setSkipInvalidRows(true)
                        .setIgnoreUnknownValues(true)
                        .build());
        assertThat(skipped.getInsertErrors()).containsOnlyKeys(1L);
        assertThat(bigquery.rows("SELECT brand FROM shop.product ORDER BY brand"))
                .containsExactly("null", "good");
    }

    @Test
    void insertIntoPartitionDecoratorNeedsIngestionTimePartitioning() {
        bigquery.query("CREATE TABLE shop.arrived (x INT64) PARTITION BY _PARTITIONDATE");
        assertThat(failure(() -> bigquery.client()
                                .insertAll(InsertAllRequest.of(
                                        TableId.of("shop", "product$20240101"),
                                        InsertAllRequest.RowToInsert.of(Map.of("n", 1)))))
                        .getMessage())
                .isEqualTo(
                        "Streaming to metadata partition of column based partitioning table p:shop.product is disallowed.");
        bigquery.client()
                .insertAll(InsertAllRequest.of(
                        TableId.of("shop", "arrived$20240101"), InsertAllRequest.RowToInsert.of(Map.of("x", 1))));
        bigquery.query("INSERT INTO shop.arrived (x) VALUES (2)");

        assertThat(bigquery.rows(
                        "SELECT x FROM shop.arrived WHERE _PARTITIONTIME = TIMESTAMP '2024-01-01 00:00:00+00'"))
                .containsExactly("1");
        assertThat(bigquery.rows("SELECT x FROM shop.arrived WHERE _PARTITIONDATE = CURRENT_DATE()"))
                .containsExactly("2");
        assertThat(bigquery.rows("SELECT * FROM shop.arrived ORDER BY x")).containsExactly("1", "2");
        assertThat(bigquery.client().delete(TableId.of("shop", "arrived$20240101")))
                .isTrue();
        assertThat(bigquery.rows("SELECT x FROM shop.arrived")).containsExactly("2");
    }
}
