package io.catalogconnect.localbigquery.sql.translation;

import com.google.api.services.bigquery.model.DatasetReference;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.StoreException;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.List;
import java.util.Optional;

/** Completes names of tables and datasets with the defaults and looks them up. */
public final class TableNames {

    private final TranslationContext context;

    public TableNames(TranslationContext context) {
        this.context = context;
    }

    /** The full name of a table that may be missing. */
    public TableRef tableRef(Query.Table table) {
        List<String> path = table.path();
        String last = path.get(path.size() - 1);
        if (last.contains("$")) {
            throw context.error(
                    SqlError.unsupported("the partition decorator in " + last + " in SQL")
                            .getMessage(),
                    table);
        }
        if (last.contains("*")) {
            throw context.error(
                    SqlError.unsupported("the wildcard table " + last).getMessage(), table);
        }
        StatementEnvironment environment = context.environment();
        DatasetReference dataset = environment.dataset();
        switch (path.size()) {
            case 1 -> {
                Optional<TableRef> temporary = temporary(last);
                if (temporary.isPresent()) {
                    return temporary.get();
                }
                if (dataset == null) {
                    throw context.error(
                            "Table \"" + last + "\" must be qualified with a dataset (e.g. dataset.table).", table);
                }
                String project = dataset.getProjectId() == null ? environment.project() : dataset.getProjectId();
                return new TableRef(project, dataset.getDatasetId(), last);
            }
            case 2 -> {
                return new TableRef(environment.project(), path.get(0), last);
            }
            case 3 -> {
                return new TableRef(path.get(0), path.get(1), last);
            }
            default -> {
                throw context.error("Invalid table name: " + String.join(".", path), table);
            }
        }
    }

    /** The existing temporary table of the script with this name. */
    private Optional<TableRef> temporary(String name) {
        StatementEnvironment environment = context.environment();
        return Optional.ofNullable(environment.temporary())
                .map(tables -> TableRef.of(tables, name))
                .filter(ref -> environment.catalog().table(ref).isPresent());
    }

    /** The name of a temporary table to be created. */
    public TableRef temporaryRef(Query.Table table) {
        DatasetRef tables = context.environment().temporary();
        if (tables == null) {
            throw context.error("Use of CREATE TEMPORARY TABLE requires a script or session", table);
        }
        if (table.path().size() > 1) {
            throw context.error(
                    "Invalid temporary table name: " + String.join(".", table.path()) + ". It cannot be qualified",
                    table);
        }
        return TableRef.of(tables, table.path().get(0));
    }

    /** An existing table or view. */
    public StoredTable table(Query.Table table) {
        TableRef ref = tableRef(table);
        return context.environment().catalog().table(ref).orElseThrow(() -> missing(ref));
    }

    /** The result of a query, if the table is its anonymous table. */
    Optional<JobCatalog.Result> result(Query.Table table) {
        TableRef ref = tableRef(table);
        return ref.dataset().equals(DatasetRef.ANONYMOUS)
                ? context.environment().jobs().result(ref)
                : Optional.empty();
    }

    private StoreException missing(TableRef ref) {
        String location = context.environment()
                .catalog()
                .dataset(ref.datasetRef())
                .map(d -> d.getLocation())
                .orElse("US");
        String what = context.environment().catalog().dataset(ref.datasetRef()).isPresent()
                ? "Table " + ref
                : "Dataset " + ref.datasetRef();
        return new StoreException(
                StoreException.Reason.NOT_FOUND, "Not found: " + what + " was not found in location " + location);
    }

    /** The dataset that CREATE SCHEMA and DROP SCHEMA name. */
    public DatasetRef datasetRef(Query.Table name) {
        List<String> path = name.path();
        if (path.size() > 2) {
            throw context.error("Invalid dataset name: " + String.join(".", path), name);
        }
        return path.size() == 2
                ? new DatasetRef(path.get(0), path.get(1))
                : new DatasetRef(context.environment().project(), path.get(0));
    }
}
