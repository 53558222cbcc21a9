package io.catalogconnect.localbigquery.rest;

import static io.catalogconnect.localbigquery.rest.RestFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import com.google.cloud.bigquery.BigQuery.DatasetListOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Datasets over REST. */
class DatasetsIT extends RestTest {

    @Test
    void datasetIsCreatedPatchedListedAndDeleted() {
        Dataset made = bigquery.client()
                .create(DatasetInfo.newBuilder("other")
                        .setDescription("first")
                        .setLabels(Map.of("env", "test"))
                        .build());
        assertThat(made.getLocation()).isEqualTo("US");
        assertThat(failure(() -> bigquery.client().create(DatasetInfo.of("other")))
                        .getMessage())
                .isEqualTo("Already Exists: Dataset p:other");

        Dataset changed = bigquery.client()
                .update(made.toBuilder().setDescription("second").build());

        assertThat(changed.getDescription()).isEqualTo("second");
        assertThat(changed.getLabels()).isEqualTo(Map.of("env", "test"));
        assertThat(ids(bigquery.client().listDatasets("p").iterateAll())).containsExactly("other", "shop");
        assertThat(ids(bigquery.client()
                        .listDatasets("p", DatasetListOption.labelFilter("labels.env:test"))
                        .iterateAll()))
                .containsExactly("other");
        assertThat(ids(bigquery.client()
                        .listDatasets("p", DatasetListOption.pageSize(1))
                        .iterateAll()))
                .containsExactly("other", "shop");
        assertThat(bigquery.client().delete(DatasetId.of("other"))).isTrue();
        assertThat(bigquery.client().getDataset("other")).isNull();
        assertThat(bigquery.client().delete(DatasetId.of("other"))).isFalse();
    }

    private static List<String> ids(Iterable<Dataset> datasets) {
        List<String> ids = new ArrayList<>();
        datasets.forEach(dataset -> ids.add(dataset.getDatasetId().getDataset()));
        return ids;
    }

    @Test
    void datasetWithTablesIsDeletedOnlyWithItsContents() {
        bigquery.query("CREATE TABLE shop.product (brand STRING)");
        BigQueryException inUse = failure(() -> bigquery.client().delete(DatasetId.of("shop")));
        assertThat(inUse.getCode()).isEqualTo(400);
        assertThat(inUse.getReason()).isEqualTo("resourceInUse");
        assertThat(bigquery.client().delete(DatasetId.of("shop"), DatasetDeleteOption.deleteContents()))
                .isTrue();
    }
}
