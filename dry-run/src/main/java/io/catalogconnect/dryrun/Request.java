package io.catalogconnect.dryrun;

import java.util.Map;

/**
 * A request.
 *
 * @param file path of a file on this machine, or {@code s3://bucket/key}
 * @param key key that a file on this machine will have in a bucket
 * @param settings keys of the source that the user has set
 */
record Request(String file, String key, Map<String, String> settings) {}
