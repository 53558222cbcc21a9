package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.PrefixTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which objects are looked for, and when.
 *
 * @param lookBackDays how many days before today are listed when the prefix has a date
 * @param keyPattern what a key must match as a whole; null for anything
 * @param minAge younger objects are left for a later listing
 * @param interval between two listings
 * @param maxInterval up to which the interval doubles while nothing new is found
 */
public record DiscoveryPlan(
        String bucket,
        PrefixTemplate prefix,
        int lookBackDays,
        @Nullable Pattern keyPattern,
        Duration minAge,
        ObjectOrder order,
        ChangedPolicy changed,
        Duration interval,
        Duration maxInterval) {

    /** True for an object that is to be read now, as far as its name and age go. */
    public boolean wants(ObjectRef object, Instant now) {
        return !object.key().endsWith("/")
                && (keyPattern == null || keyPattern.matcher(object.key()).matches())
                && !object.lastModified().plus(minAge).isAfter(now);
    }
}
