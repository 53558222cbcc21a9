package io.catalogconnect.localbigquery.sql.translation;

import com.google.api.services.bigquery.model.DatasetReference;
import io.catalogconnect.localbigquery.sql.types.Parameter;
import io.catalogconnect.localbigquery.store.Catalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a statement is read against.
 *
 * @param catalog datasets and tables
 * @param project the project of names that have none
 * @param dataset the dataset of names that have none
 * @param named parameters by their names in lower case
 * @param positional parameters in the order of their question marks
 * @param now what CURRENT_TIMESTAMP() is
 */
public record StatementEnvironment(
        Catalog catalog,
        String project,
        @Nullable DatasetReference dataset,
        Map<String, Parameter> named,
        List<Parameter> positional,
        Instant now) {

    /** The same without parameters, for the query of a view that was written in a project. */
    StatementEnvironment forView(String viewProject) {
        return new StatementEnvironment(catalog, viewProject, null, Map.of(), List.of(), now);
    }
}
