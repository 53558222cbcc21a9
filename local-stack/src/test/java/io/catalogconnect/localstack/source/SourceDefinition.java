package io.catalogconnect.localstack.source;

import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.util.HashMap;
import java.util.Map;

/** The definition of a source that reads files of {@link Rows} from the bucket of the tests. */
final class SourceDefinition {
    private SourceDefinition() {}

    /**
     * A definition with the access to the bucket and the columns of {@link Rows}.
     *
     * @param endpoint address of the S3 server, or a placeholder for it
     * @param accessKey access key, or a placeholder for it
     * @param secretKey secret key, or a placeholder for it
     * @param settings all other settings of the connector
     */
    static ConnectorDefinition of(
            String name, String endpoint, String accessKey, String secretKey, Map<String, String> settings) {
        Map<String, String> config = new HashMap<>(Map.of(
                "connector.class",
                "io.catalogconnect.s3csv.S3CsvSourceConnector",
                "s3.bucket",
                CrashingSource.BUCKET,
                "s3.endpoint",
                endpoint,
                "s3.path.style",
                "true",
                "s3.credentials",
                "static",
                "s3.access.key.id",
                accessKey,
                "s3.secret.access.key",
                secretKey,
                "columns",
                Rows.COLUMNS));
        config.putAll(settings);
        return new ConnectorDefinition(name, config);
    }
}
