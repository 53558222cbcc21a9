package io.catalogconnect.localstack;

import io.catalogconnect.localstack.bigquery.CatalogDataset;
import io.catalogconnect.localstack.layout.Endpoints;
import io.catalogconnect.localstack.s3.CatalogBucket;
import io.catalogconnect.localstack.s3.S3Server;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment variables of the stack's workers, which connectors refer to as <code>${env:NAME}</code>.
 *
 * @param values the variables of {@code config/connectors} and {@code config/contracts}
 */
public record StackVariables(Map<String, String> values) {
    /** Secret of the pseudonyms in {@code config/contracts/orders.odcs.yaml}; at least 32 bytes. */
    private static final String PSEUDONYM_SECRET = "CATALOG_PSEUDONYM_SECRET";

    /** The start of the names that {@code config/workers/local.properties} permits. */
    private static final String PREFIX = "CATALOG_";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{env:([^}]*)}");

    public StackVariables {
        values = Map.copyOf(values);
    }

    /**
     * The variables of a stack.
     *
     * @param environment the variables of this process, which the workers inherit
     */
    public static StackVariables of(Endpoints endpoints, Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        values.put(PSEUDONYM_SECRET, "a secret for the local stack only");
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                values.put(name, value);
            }
        });
        values.put("CATALOG_S3_ENDPOINT", endpoints.s3());
        values.put("CATALOG_S3_BUCKET", CatalogBucket.NAME);
        values.put("CATALOG_S3_ACCESS_KEY", S3Server.ACCESS_KEY);
        values.put("CATALOG_S3_SECRET_KEY", S3Server.SECRET_KEY);
        values.put("CATALOG_BIGQUERY_REST", endpoints.bigQueryRest());
        values.put("CATALOG_BIGQUERY_STORAGE", endpoints.bigQueryStorage());
        values.put("CATALOG_BIGQUERY_PROJECT", CatalogDataset.PROJECT);
        values.put("CATALOG_BIGQUERY_DATASET", CatalogDataset.NAME);
        return new StackVariables(values);
    }

    /**
     * Replaces the placeholders in a value of a connector.
     *
     * @throws IllegalArgumentException if the workers do not have a variable
     */
    public String resolve(String text) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (placeholder.find()) {
            String value = values.get(placeholder.group(1));
            if (value == null) {
                throw new IllegalArgumentException("The local stack has no variable " + placeholder.group(1)
                        + ". Set it, with a name that starts with " + PREFIX + ", or use one of "
                        + String.join(", ", new TreeSet<>(values.keySet())));
            }
            placeholder.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return placeholder.appendTail(resolved).toString();
    }
}
