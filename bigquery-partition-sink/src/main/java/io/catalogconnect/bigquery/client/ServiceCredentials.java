package io.catalogconnect.bigquery.client;

import java.nio.file.Path;

/** How to get in. */
public sealed interface ServiceCredentials {

    /** What the machine offers: environment variable, gcloud's file, or the metadata server. */
    record ApplicationDefault() implements ServiceCredentials {}

    /** None; for servers that ask for none. */
    record None() implements ServiceCredentials {}

    /** A service account's key, or any other credential file that Google's library reads. */
    record KeyFile(Path path) implements ServiceCredentials {}

    /** The content of such a file. Never printed. */
    record KeyJson(String json) implements ServiceCredentials {
        @Override
        public String toString() {
            return "KeyJson[hidden]";
        }
    }
}
