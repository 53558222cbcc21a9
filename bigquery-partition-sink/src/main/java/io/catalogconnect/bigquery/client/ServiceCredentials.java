package io.catalogconnect.bigquery.client;

import java.nio.file.Path;

/** Credentials for BigQuery. */
public sealed interface ServiceCredentials {

    /** Application default credentials: environment variable, gcloud's file, or the metadata server. */
    record ApplicationDefault() implements ServiceCredentials {}

    /** No credentials, for servers that require none. */
    record None() implements ServiceCredentials {}

    /** Credentials file: a service account's key, or another file that Google's library reads. */
    record KeyFile(Path path) implements ServiceCredentials {}

    /** Content of a credentials file. Never printed. */
    record KeyJson(String json) implements ServiceCredentials {
        @Override
        public String toString() {
            return "KeyJson[hidden]";
        }
    }
}
