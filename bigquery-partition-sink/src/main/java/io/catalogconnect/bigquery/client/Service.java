package io.catalogconnect.bigquery.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Address of and access to BigQuery.
 *
 * @param project project of the dataset, which is billed
 * @param dataset dataset of all tables
 * @param location location of the dataset's jobs
 * @param restEndpoint REST endpoint; empty for Google's
 * @param storageEndpoint host and port of the Storage Write API; empty for Google's
 * @param plaintext whether the storage endpoint uses no TLS
 * @param credentials the credentials
 * @param keyTypes types that a credentials file may have
 * @param requestTimeout after which a call without an answer counts as lost
 */
public record Service(
        String project,
        String dataset,
        String location,
        Optional<String> restEndpoint,
        Optional<String> storageEndpoint,
        boolean plaintext,
        ServiceCredentials credentials,
        Set<CredentialsType> keyTypes,
        Duration requestTimeout) {

    /** Name of the dataset in messages. */
    String datasetName() {
        return project + "." + dataset;
    }

    /** Name of a table in SQL. */
    String sqlName(String table) {
        return "`" + project + "." + dataset + "." + table + "`";
    }

    /** Name of a table in the Storage Write API. */
    String resourceName(String table) {
        return "projects/" + project + "/datasets/" + dataset + "/tables/" + table;
    }
}
