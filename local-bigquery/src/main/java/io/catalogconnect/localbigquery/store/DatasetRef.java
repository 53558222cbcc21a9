package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;

/** The name of a dataset. Printed as in BigQuery's error messages, {@code project:dataset}. */
public record DatasetRef(String project, String dataset) {
    /** The dataset of the results of queries without a destination table. Clients also put temporary tables into it. */
    public static final String ANONYMOUS = "_local_results";

    /** The start of the names of the datasets of the temporary tables of scripts. */
    private static final String SCRIPT = "_script";

    public DatasetRef {
        if (project.isEmpty() || dataset.isEmpty()) {
            throw StoreException.invalid("The name of a dataset needs a project and a dataset id; got '" + project
                    + "' and '" + dataset + "'.");
        }
    }

    static DatasetRef of(Dataset dataset) {
        DatasetReference reference = dataset.getDatasetReference();
        return new DatasetRef(reference.getProjectId(), reference.getDatasetId());
    }

    /** Returns whether lists omit the dataset, as BigQuery omits datasets whose names begin with an underscore. */
    public boolean isHidden() {
        return dataset.startsWith("_");
    }

    /**
     * The dataset of the temporary tables of a script.
     *
     * @param script letters and digits that no other script has
     */
    public static DatasetRef ofScript(String project, String script) {
        return new DatasetRef(project, SCRIPT + script);
    }

    /** Returns whether the dataset is for the temporary tables of a script. */
    public boolean isOfScript() {
        return dataset.startsWith(SCRIPT);
    }

    public DatasetReference toReference() {
        return new DatasetReference().setProjectId(project).setDatasetId(dataset);
    }

    public StoreException notFound() {
        return StoreException.notFound("Dataset " + this);
    }

    public StoreException duplicate() {
        return StoreException.duplicate("Dataset " + this);
    }

    @Override
    public String toString() {
        return project + ":" + dataset;
    }
}
