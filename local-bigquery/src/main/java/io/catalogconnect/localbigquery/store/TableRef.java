package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.TableReference;

/** The name of a table or view, without a partition decorator. Printed as in BigQuery's error messages, {@code project:dataset.table}. */
public record TableRef(String project, String dataset, String table) {
    public TableRef {
        if (project.isEmpty() || dataset.isEmpty() || table.isEmpty()) {
            throw StoreException.invalid("The name of a table needs a project, a dataset id and a table id; got '"
                    + project + "', '" + dataset + "' and '" + table + "'.");
        }
    }

    public static TableRef of(DatasetRef dataset, String table) {
        return new TableRef(dataset.project(), dataset.dataset(), table);
    }

    public static TableRef of(TableReference reference) {
        return new TableRef(reference.getProjectId(), reference.getDatasetId(), reference.getTableId());
    }

    public DatasetRef datasetRef() {
        return new DatasetRef(project, dataset);
    }

    public TableReference toReference() {
        return new TableReference().setProjectId(project).setDatasetId(dataset).setTableId(table);
    }

    /** The resource path in the Storage APIs, {@code projects/p/datasets/d/tables/t}. */
    public String path() {
        return "projects/" + project + "/datasets/" + dataset + "/tables/" + table;
    }

    public StoreException notFound() {
        return StoreException.notFound("Table " + this);
    }

    public StoreException duplicate() {
        return StoreException.duplicate("Table " + this);
    }

    @Override
    public String toString() {
        return project + ":" + dataset + "." + table;
    }
}
