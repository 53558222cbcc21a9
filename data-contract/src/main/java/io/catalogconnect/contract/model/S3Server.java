package io.catalogconnect.contract.model;

import java.util.Map;

/**
 * The bucket to which files are delivered.
 *
 * @param location such as {@code s3://bucket/prefix/}
 * @param fileDate pattern of the date in an object's key
 * @param csv keys of the source that start with {@code csv.}, without this prefix
 * @param tasks maximum number of tasks of the source
 */
public record S3Server(
        String name,
        String environment,
        String location,
        String endpointUrl,
        String delimiter,
        String region,
        boolean pathStyle,
        String credentials,
        String accessKeyId,
        String secretAccessKey,
        String fileDate,
        String pollInterval,
        Map<String, String> csv,
        int tasks,
        Map<String, String> settings,
        Places places) {
    private static final String SCHEME = "s3://";

    /** The bucket in the location; empty if the location is not an S3 address. */
    public String bucket() {
        if (!location.startsWith(SCHEME)) {
            return "";
        }
        int end = slash();
        return location.substring(SCHEME.length(), end < 0 ? location.length() : end);
    }

    /** The prefix in the location; empty for none. */
    public String prefix() {
        int end = slash();
        return end < 0 ? "" : location.substring(end + 1);
    }

    private int slash() {
        return location.indexOf('/', SCHEME.length());
    }
}
