package io.catalogconnect.localbigquery.job;

import com.google.api.client.json.GenericJson;
import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.JobConfiguration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The properties of job configurations. Refuses a property that would be ignored although it changes the result of the job in BigQuery. A property with
 * its default value ({@code false} or empty) is always accepted.
 */
final class JobProperties {

    private static final Set<String> JOB =
            words("copy dryRun extract jobTimeoutMs jobType labels load maxSlots query reservation");

    private static final Set<String> COPY =
            words("createDisposition destinationTable operationType sourceTable sourceTables writeDisposition");

    private static final Set<String> QUERY =
            words("clustering createDisposition defaultDataset destinationTable maximumBytesBilled query"
                    + " queryParameters rangePartitioning schemaUpdateOptions scriptOptions timePartitioning useLegacySql writeDisposition"
                    // Without effect on the result:
                    + " allowLargeResults flattenResults maximumBillingTier parameterMode preserveNulls priority useQueryCache"
                    + " writeIncrementalResults");

    private static final Set<String> LOAD =
            words("allowJaggedRows autodetect clustering createDisposition destinationTable encoding"
                    + " fieldDelimiter ignoreUnknownValues maxBadRecords nullMarker parquetOptions quote rangePartitioning schema schemaUpdateOptions"
                    + " skipLeadingRows sourceFormat sourceUris timePartitioning useAvroLogicalTypes writeDisposition"
                    // Without effect on the result:
                    + " allowQuotedNewlines preserveAsciiControlCharacters");

    /** Properties that are accepted with some values only. */
    private static final Map<String, Set<String>> VALUES = Map.of(
            "configuration.load.encoding", Set.of("UTF-8", "ISO-8859-1"),
            "configuration.load.sourceColumnMatch", Set.of("POSITION"),
            "configuration.copy.operationType", Set.of("COPY"));

    private JobProperties() {}

    private static Set<String> words(String list) {
        return Set.of(list.split(" ", -1));
    }

    /**
     * Checks all properties of a job.
     *
     * @throws ServiceError for the first property that local-bigquery does not support
     */
    static void check(JobConfiguration configuration) {
        check("configuration", configuration, JOB);
        if (configuration.getQuery() != null) {
            check("configuration.query", configuration.getQuery(), QUERY);
        }
        if (configuration.getLoad() != null) {
            check("configuration.load", configuration.getLoad(), LOAD);
        }
        if (configuration.getCopy() != null) {
            check("configuration.copy", configuration.getCopy(), COPY);
        }
        if (Boolean.TRUE.equals(configuration.getDryRun()) && configuration.getQuery() == null) {
            throw ServiceError.invalid("Unsupported: local-bigquery has no dry run of load and copy jobs");
        }
    }

    private static void check(String parent, GenericJson properties, Set<String> supported) {
        properties.forEach((name, value) -> {
            String path = parent + "." + name;
            Set<String> values = VALUES.get(path);
            boolean fits = values == null ? supported.contains(name) : values.contains(String.valueOf(value));
            if (!fits && !isDefault(value)) {
                throw ServiceError.invalid("Unsupported: local-bigquery has no job property " + path
                        + (values == null ? "" : " with the value " + value));
            }
        });
    }

    private static boolean isDefault(Object value) {
        return Data.isNull(value)
                || Boolean.FALSE.equals(value)
                || "".equals(value)
                || (value instanceof Collection<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }
}
