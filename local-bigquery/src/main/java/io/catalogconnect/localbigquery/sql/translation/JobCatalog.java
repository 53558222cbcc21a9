package io.catalogconnect.localbigquery.sql.translation;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonArray;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.List;
import java.util.Optional;

/** The jobs of a server and the results of its queries, as statements can read them. */
public interface JobCatalog {

    /** No jobs and no results. */
    JobCatalog NONE = new JobCatalog() {
        @Override
        public List<Job> jobs(String project) {
            return List.of();
        }

        @Override
        public Optional<Result> result(TableRef table) {
            return Optional.empty();
        }
    };

    /**
     * The result of a query.
     *
     * @param rows the rows, with the values of {@link io.catalogconnect.localbigquery.sql.types.WireFormat}
     */
    record Result(List<TableFieldSchema> schema, List<JsonArray> rows) {}

    /** All jobs of a project. */
    List<Job> jobs(String project);

    /** The result whose anonymous table has this name. */
    Optional<Result> result(TableRef table);
}
