package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.DatasetReference;

/** The name of a dataset. Printed as in BigQuery's error messages, {@code project:dataset}. */
public record DatasetRef(String project, String dataset) {
    /** The dataset of the results of queries without a destination table. Clients also put temporary tables into it. */
    public static final String ANONYMOUS = "_local_results";

    public DatasetRef {
        if (project.isEmpty() || dataset.isEmpty()) {
            throw StoreException.invalid("The name of a dataset needs a project and a dataset id; got '" + project
                    + "' and '" + dataset + "'.");
        }
    }

    /** Returns whether lists omit the dataset, as BigQuery omits datasets whose names begin with an underscore. */
    public boolean isHidden() {
        return dataset.startsWith("_");
    }

    /** The name of a table of this dataset. */
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
