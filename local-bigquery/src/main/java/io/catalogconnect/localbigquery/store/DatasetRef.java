package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.DatasetReference;

/** Names a dataset; printed as BigQuery's error texts do, {@code project:dataset}. */
public record DatasetRef(String project, String dataset) {
    public DatasetRef {
        if (project.isEmpty() || dataset.isEmpty()) {
            throw StoreException.invalid(
                    "A dataset is named by a project and a dataset id; got '" + project + "' and '" + dataset + "'.");
        }
    }

    /** The table of this dataset with the given id. */
    public TableRef table(String table) {
        return new TableRef(project, dataset, table);
    }

    public DatasetReference toReference() {
        return new DatasetReference().setProjectId(project).setDatasetId(dataset);
    }

    @Override
    public String toString() {
        return project + ":" + dataset;
    }
}
