package io.catalogconnect.dryrun;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param file path of a file on this machine, or {@code s3://bucket/key}
 * @param key key that a file on this machine will have in a bucket
 * @param settings keys of the source that the user has set
 * @param condition a rule to evaluate; null for none
 * @param connector configuration of a connector whose rules are evaluated; null for none
 */
record Request(
        String file,
        String key,
        Map<String, String> settings,
        @Nullable String condition,
        @Nullable Map<String, String> connector) {}
