package io.catalogconnect.s3csv.config;

import io.catalogconnect.s3csv.assign.ChangedPolicy;
import io.catalogconnect.s3csv.assign.DiscoveryPlan;
import io.catalogconnect.s3csv.assign.ObjectOrder;
import io.catalogconnect.s3csv.object.PrefixTemplate;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Selection of the objects, and the time and order in which they are read. */
final class DiscoveryKeys {

    static final Setting<PrefixTemplate> PREFIX = Setting.parsed(
                    "s3.prefix", "a prefix, optionally with one date pattern in braces", PrefixTemplate::of)
            .defaultsTo("")
            .described(
                    Importance.HIGH,
                    "Prefix",
                    "Prefix of the object keys, such as catalog/. With a date pattern in braces, such as"
                            + " catalog/dt={yyyy-MM-dd}/, only the prefixes of the last days"
                            + " (`s3.prefix.lookback.days`) are listed, so that the cost of a listing does not grow"
                            + " with the number of old objects.");

    private static final Setting<Duration> INTERVAL = Setting.millis("poll.interval.ms", 30_000, 1, 86_400_000)
            .described(Importance.MEDIUM, "Poll interval", "Time between two listings of the bucket, in milliseconds.");

    private static final Setting<Duration> INTERVAL_MAX = Setting.millis("poll.interval.max.ms", 0, 0, 86_400_000)
            .described(
                    Importance.LOW,
                    "Maximum poll interval",
                    "Upper limit of the time between two listings, in milliseconds. While listings find nothing"
                            + " new, the interval doubles up to this limit. A value that is not greater than"
                            + " `poll.interval.ms` keeps the interval constant.");

    private static final Setting<Integer> LOOK_BACK_DAYS = Setting.integer("s3.prefix.lookback.days", 7, 0, 3660)
            .described(
                    Importance.LOW,
                    "Look-back",
                    "Number of days before today, in UTC, whose prefixes are listed if `s3.prefix` has a date"
                            + " pattern. Objects of older days are no longer found.");

    private static final Setting<Optional<Pattern>> KEY_PATTERN = Setting.parsed(
                    "object.key.pattern", "a regular expression", Pattern::compile)
            .optional()
            .described(
                    Importance.MEDIUM,
                    "Key pattern",
                    "Regular expression that an object's whole key must match, such as .*\\.csv(\\.gz)?. Empty: every key"
                            + " matches. Each named group becomes a record header: (?<shop>[^/]+) becomes"
                            + " object.key.shop.");

    private enum Hidden {
        SKIP,
        READ
    }

    private static final Setting<Hidden> HIDDEN = Setting.word("object.hidden", Hidden.SKIP)
            .described(
                    Importance.LOW,
                    "Housekeeping files",
                    "Treatment of objects that other tools leave next to data: `skip` does not read them, `read`"
                            + " treats them like other objects. They are recognized by a name or folder below"
                            + " `s3.prefix` that starts with _ or ., such as _SUCCESS, .DS_Store and _temporary/, or"
                            + " by a key that ends with _$folder$, .manifest or .metadata, or by the names manifest,"
                            + " manifest.json and manifest.checksum. A folder such as _day=1/ is a partition, and its"
                            + " objects are read.");

    private static final Setting<Duration> MIN_AGE = Setting.millis("object.min.age.ms", 0, 0, 604_800_000)
            .described(
                    Importance.LOW,
                    "Minimum age",
                    "Minimum age of an object, by its last modification, in milliseconds. Younger objects are not"
                            + " read yet. Use it for producers that overwrite an object shortly after creating it.");

    private static final Setting<ObjectOrder> ORDER = Setting.word("object.order", ObjectOrder.KEY)
            .described(
                    Importance.LOW,
                    "Order",
                    "Order in which unread objects are read: `key` (smallest key first) or `modified` (oldest"
                            + " modification first).");

    private static final Setting<ChangedPolicy> CHANGED = Setting.word("object.changed", ChangedPolicy.REDELIVER)
            .described(
                    Importance.MEDIUM,
                    "Changed objects",
                    "Policy for an object that is overwritten while or after it is read: `redeliver` reads the new"
                            + " version from its start, `ignore` skips the new version, `fail` fails the task.");

    private static final Setting<Optional<Duration>> LATE_WINDOW = Setting.millisOrUnlimited(
                    "offsets.late.window.ms", -1, 31_536_000_000L)
            .described(
                    Importance.LOW,
                    "Late window",
                    "Maximum time between an object's last modification and its first appearance in a listing, in"
                            + " milliseconds. A watermark replaces the offsets of completed objects that are older,"
                            + " which limits the number of stored offsets. An object that first appears later may"
                            + " never be read. -1: each object keeps its offset. Requires `object.events.topic` and"
                            + " `object.order=modified`.");

    private DiscoveryKeys() {}

    static void addTo(SettingsTable.Builder table) {
        table.group(
                        "Discovery",
                        PREFIX,
                        INTERVAL,
                        INTERVAL_MAX,
                        LOOK_BACK_DAYS,
                        KEY_PATTERN,
                        HIDDEN,
                        MIN_AGE,
                        ORDER,
                        CHANGED,
                        LATE_WINDOW)
                .check(DiscoveryKeys::checkLateWindow);
    }

    private static void checkLateWindow(Settings settings, Problems problems) {
        settings.get(LATE_WINDOW).map(Duration::toMillis).ifPresent(window -> {
            if (settings.get(DeliveryKeys.EVENTS_TOPIC).isEmpty()) {
                problems.add(
                        LATE_WINDOW,
                        "is " + window + ", and " + DeliveryKeys.EVENTS_TOPIC + " is empty. It needs an events topic,"
                                + " because Connect deletes an offset only together with a record");
            }
            if (settings.get(ORDER) != ObjectOrder.MODIFIED) {
                problems.add(
                        ORDER,
                        "is " + Setting.wordOf(settings.get(ORDER)) + ", and " + LATE_WINDOW + " is " + window
                                + ". Set "
                                + ORDER + "=modified: a watermark stops at the oldest unread object, and offsets would"
                                + " accumulate behind it");
            }
            long minAge = settings.get(MIN_AGE).toMillis();
            if (window < minAge) {
                problems.add(LATE_WINDOW, "is " + window + ", less than " + MIN_AGE + " (" + minAge + "). Raise it");
            }
        });
    }

    static DiscoveryPlan plan(Settings settings) {
        Duration interval = settings.get(INTERVAL);
        Duration longest = settings.get(INTERVAL_MAX);
        return new DiscoveryPlan(
                settings.get(BucketKeys.BUCKET),
                settings.get(PREFIX),
                settings.get(LOOK_BACK_DAYS),
                settings.get(KEY_PATTERN).orElse(null),
                settings.get(HIDDEN) == Hidden.READ,
                RecordKeys.datePattern(settings),
                settings.get(MIN_AGE),
                settings.get(ORDER),
                settings.get(CHANGED),
                interval,
                longest.compareTo(interval) < 0 ? interval : longest,
                settings.get(LATE_WINDOW).orElse(null));
    }
}
