package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.object.ObjectKeyPattern;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.PrefixTemplate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which objects are read, and when the bucket is listed. Immutable.
 *
 * @param lookBackDays number of days before today that are listed if the prefix has a date pattern
 * @param keyPattern pattern that a whole key must match; null for any key
 * @param hiddenToo true to read objects whose name or folder starts with {@code _} or {@code .}, and lists of files, too
 * @param datePattern finds the date of a file in its key, and may skip keys without one
 * @param minAge younger objects wait for a later listing
 * @param interval time between two listings
 * @param maxInterval limit up to which the interval doubles while nothing new is found
 * @param lateWindow time after its last modification in which an object may appear first; null to keep every stored offset
 */
public record DiscoveryPlan(
        String bucket,
        PrefixTemplate prefix,
        int lookBackDays,
        @Nullable Pattern keyPattern,
        boolean hiddenToo,
        ObjectKeyPattern datePattern,
        Duration minAge,
        ObjectOrder order,
        ChangedPolicy changed,
        Duration interval,
        Duration maxInterval,
        @Nullable Duration lateWindow) {

    /** Names the lanes in stored offsets: the bucket and the prefix. */
    public String scope() {
        return "s3://" + bucket + "/" + prefix;
    }

    /** A prefix that is listed now. */
    public String firstPrefix(Clock clock) {
        return prefix.prefixes(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), 0)
                .get(0);
    }

    /** True if an object's key and age allow to read it now. */
    public boolean wants(ObjectRef object, Instant now) {
        return !isLeftOut(object)
                && (keyPattern == null || keyPattern.matcher(object.key()).matches())
                && !object.lastModified().plus(minAge).isAfter(now);
    }

    /** True if an object is never read, whatever its name matches: a housekeeping file, or a key without a date. */
    public boolean isLeftOut(ObjectRef object) {
        return (!hiddenToo && isHidden(object.key())) || object.key().endsWith("/") || datePattern.skips(object.key());
    }

    /** True for the files that other tools leave beside data, such as {@code _SUCCESS}, {@code .DS_Store} and folder markers. */
    private boolean isHidden(String key) {
        int from = prefix.beforeDate().length();
        for (int start = 0; start >= 0 && start < key.length(); start = nextPart(key, start)) {
            char first = key.charAt(start);
            int end = key.indexOf('/', start);
            boolean partition =
                    first == '_' && end >= 0 && key.substring(start, end).contains("=");
            if (start >= from && (first == '.' || (first == '_' && !partition))) {
                return true;
            }
        }
        return key.endsWith("_$folder$") || isListOfFiles(key.substring(key.lastIndexOf('/') + 1));
    }

    /** True for the name of a file about other files, which Redshift, Athena and S3 Inventory write beside data. */
    private static boolean isListOfFiles(String name) {
        return name.equals("manifest")
                || name.equals("manifest.json")
                || name.equals("manifest.checksum")
                || name.endsWith(".manifest")
                || name.endsWith(".metadata");
    }

    private static int nextPart(String key, int start) {
        int slash = key.indexOf('/', start);
        return slash < 0 ? -1 : slash + 1;
    }
}
