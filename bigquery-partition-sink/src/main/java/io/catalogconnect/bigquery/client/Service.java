package io.catalogconnect.bigquery.client;

import java.time.Duration;
import java.util.Optional;

/**
 * Where BigQuery is and how to get in.
 *
 * @param project the project that owns the dataset and pays
 * @param dataset the dataset of all tables
 * @param location where the dataset's jobs run
 * @param restEndpoint another REST endpoint than Google's
 * @param storageEndpoint another Storage Write API endpoint than Google's, host and port
 * @param plaintext whether the storage endpoint is reached without TLS
 * @param credentials how to get in
 * @param requestTimeout after which a call that has no answer counts as lost
 */
public record Service(
        String project,
        String dataset,
        String location,
        Optional<String> restEndpoint,
        Optional<String> storageEndpoint,
        boolean plaintext,
        ServiceCredentials credentials,
        Duration requestTimeout) {

    /** The dataset as messages name it. */
    String datasetName() {
        return project + "." + dataset;
    }

    /** A table as SQL names it. */
    String sqlName(String table) {
        return "`" + project + "." + dataset + "." + table + "`";
    }

    /** A table as the Storage Write API names it. */
    String resourceName(String table) {
        return "projects/" + project + "/datasets/" + dataset + "/tables/" + table;
    }
}
