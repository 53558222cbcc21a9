package io.catalogconnect.localbigquery.sql.translation;

import com.google.api.services.bigquery.model.DatasetReference;
import io.catalogconnect.localbigquery.sql.types.Parameter;
import io.catalogconnect.localbigquery.store.Catalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a statement.
 *
 * @param catalog datasets and tables
 * @param project default project of names
 * @param dataset default dataset of names
 * @param named parameters by their names in lower case
 * @param positional parameters in the order of their question marks
 * @param now value of CURRENT_TIMESTAMP()
 */
public record StatementEnvironment(
        Catalog catalog,
        String project,
        @Nullable DatasetReference dataset,
        Map<String, Parameter> named,
        List<Parameter> positional,
        Instant now) {

    /** An environment without parameters, for the query of a view of a project. */
    StatementEnvironment forView(String viewProject) {
        return new StatementEnvironment(catalog, viewProject, null, Map.of(), List.of(), now);
    }
}
