package io.catalogconnect.localbigquery.sql.translation;

import com.google.api.services.bigquery.model.DatasetReference;
import io.catalogconnect.localbigquery.sql.types.Parameter;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Catalog;
import io.catalogconnect.localbigquery.store.DatasetRef;
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
 * @param variables the variables of a script as constants, by their names in lower case
 * @param jobs the jobs of the server and their results
 * @param temporary the dataset of the temporary tables of a script; null outside of a script
 */
public record StatementEnvironment(
        Catalog catalog,
        String project,
        @Nullable DatasetReference dataset,
        Map<String, Parameter> named,
        List<Parameter> positional,
        Instant now,
        Map<String, TypedSql> variables,
        JobCatalog jobs,
        @Nullable DatasetRef temporary) {

    /** The environment of a statement that is not in a script, and sees no jobs. */
    public StatementEnvironment(
            Catalog catalog,
            String project,
            @Nullable DatasetReference dataset,
            Map<String, Parameter> named,
            List<Parameter> positional,
            Instant now) {
        this(catalog, project, dataset, named, positional, now, Map.of(), JobCatalog.NONE, null);
    }

    /** The environment of a statement of a script. */
    public StatementEnvironment inScript(Map<String, TypedSql> scriptVariables, DatasetRef temporaryTables) {
        return new StatementEnvironment(
                catalog, project, dataset, named, positional, now, scriptVariables, jobs, temporaryTables);
    }

    /** An environment without the variables and temporary tables of a script, for texts that are stored. */
    public StatementEnvironment outsideOfScript() {
        return new StatementEnvironment(catalog, project, dataset, named, positional, now, Map.of(), jobs, null);
    }

    /** The environment with the jobs of the server. */
    public StatementEnvironment withJobs(JobCatalog jobsOfServer) {
        return new StatementEnvironment(
                catalog, project, dataset, named, positional, now, variables, jobsOfServer, temporary);
    }

    /** An environment without parameters, for the query of a view of a project. */
    StatementEnvironment forView(String viewProject) {
        return new StatementEnvironment(catalog, viewProject, null, Map.of(), List.of(), now, Map.of(), jobs, null);
    }
}
