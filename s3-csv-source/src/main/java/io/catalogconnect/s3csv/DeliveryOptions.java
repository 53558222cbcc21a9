package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.assign.ChangedPolicy;
import io.catalogconnect.s3csv.assign.DiscoveryPlan;
import io.catalogconnect.s3csv.assign.ObjectOrder;
import io.catalogconnect.s3csv.object.KeyGroups;
import io.catalogconnect.s3csv.object.PrefixTemplate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** The settings that say which objects are read, when, and where their rows go. */
final class DeliveryOptions {

    static final String PREFIX = "s3.prefix";
    static final String POLL_INTERVAL = "poll.interval.ms";
    static final String POLL_INTERVAL_MAX = "poll.interval.max.ms";
    static final String LOOK_BACK_DAYS = "s3.prefix.lookback.days";
    static final String KEY_PATTERN = "object.key.pattern";
    static final String MIN_AGE = "object.min.age.ms";
    static final String LATE_WINDOW = "offsets.late.window.ms";
    static final String ORDER = "object.order";
    static final String CHANGED = "object.changed";
    static final String TOPIC = "topic";
    static final String COPY_TOPICS = "copy.topics";
    static final String EVENTS_TOPIC = "object.events.topic";
    static final String END_MARKERS = "object.end.markers";
    static final String BATCH_MAX_ROWS = "batch.max.rows";
    static final String TRANSACTION_ROWS = "transaction.rows";
    static final String TRANSACTION_MAX_BYTES = "transaction.max.bytes";

    private static final String GROUP = "Discovery";
    private static final String DELIVERY_GROUP = "Delivery";

    private final AbstractConfig config;

    DeliveryOptions(AbstractConfig config) {
        this.config = config;
    }

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                PREFIX,
                ConfigDef.Type.STRING,
                "",
                Validators.accepted("a prefix, with a date pattern in braces or without", PrefixTemplate::of),
                Importance.HIGH,
                "What the keys of the objects begin with, as in catalog/. A date pattern in braces, as in"
                        + " catalog/dt={yyyy-MM-dd}/, lists the last days only, which keeps listing cheap for ever.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Prefix");
        def.define(
                POLL_INTERVAL,
                ConfigDef.Type.LONG,
                30_000L,
                ConfigDef.Range.between(1, 86_400_000),
                Importance.MEDIUM,
                "How long after one listing of the bucket the next one is due.",
                GROUP,
                ++order,
                Width.SHORT,
                "Poll interval");
        def.define(
                POLL_INTERVAL_MAX,
                ConfigDef.Type.LONG,
                0L,
                ConfigDef.Range.between(0, 86_400_000),
                Importance.LOW,
                "While nothing new is found the time between two listings doubles up to this; not above "
                        + POLL_INTERVAL + " it stays as it is.",
                GROUP,
                ++order,
                Width.SHORT,
                "Longest poll interval");
        def.define(
                LOOK_BACK_DAYS,
                ConfigDef.Type.INT,
                7,
                ConfigDef.Range.between(0, 3660),
                Importance.LOW,
                "How many days before today, in UTC, are listed when the prefix has a date. Objects of older days are not"
                        + " found any more.",
                GROUP,
                ++order,
                Width.SHORT,
                "Look-back");
        def.define(
                KEY_PATTERN,
                ConfigDef.Type.STRING,
                "",
                Validators.accepted("a regular expression", Pattern::compile),
                Importance.MEDIUM,
                "What the key of an object must match as a whole, as in .*\\.csv(\\.gz)?. Empty for any key. What a named"
                        + " group matches is a header of each record: (?<shop>[^/]+) becomes object.key.shop.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Key pattern");
        def.define(
                MIN_AGE,
                ConfigDef.Type.LONG,
                0L,
                ConfigDef.Range.between(0, 604_800_000),
                Importance.LOW,
                "How old an object must be, by its last modification, to be read: for writers that overwrite what they have"
                        + " just written.",
                GROUP,
                ++order,
                Width.SHORT,
                "Minimum age");
        def.define(
                ORDER,
                ConfigDef.Type.STRING,
                "key",
                Validators.oneOf("key", "modified"),
                Importance.LOW,
                "Which of the waiting objects is read first: the one with the smallest key, or the one that was modified"
                        + " first.",
                GROUP,
                ++order,
                Width.SHORT,
                "Order");
        def.define(
                CHANGED,
                ConfigDef.Type.STRING,
                "redeliver",
                Validators.oneOf("redeliver", "ignore", "fail"),
                Importance.MEDIUM,
                "What becomes of an object that was overwritten under its key after it was read, or while it is:"
                        + " redeliver reads the new version from its start, ignore leaves it alone, fail stops the task.",
                GROUP,
                ++order,
                Width.SHORT,
                "Changed objects");
        def.define(
                LATE_WINDOW,
                ConfigDef.Type.LONG,
                -1L,
                ConfigDef.Range.between(-1, 31_536_000_000L),
                Importance.LOW,
                "How long after its last modification an object may appear in a listing for the first time. Objects that are"
                        + " done and older lose their own entry among the offsets to a watermark, so that entries stay"
                        + " few; an object that appears later than this is taken for done. -1 keeps every entry. Needs "
                        + EVENTS_TOPIC + " and " + ORDER + "=modified.",
                GROUP,
                ++order,
                Width.SHORT,
                "Late window");
        order = 0;
        def.define(
                TOPIC,
                ConfigDef.Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                Validators.notBlank(),
                Importance.HIGH,
                "The topic that gets every row. No transformation may drop or reroute its records: progress hangs on"
                        + " them.",
                DELIVERY_GROUP,
                ++order,
                Width.MEDIUM,
                "Topic");
        def.define(
                COPY_TOPICS,
                ConfigDef.Type.LIST,
                List.of(),
                Validators.resolved(),
                Importance.HIGH,
                "Topics that get a copy of every row as well, for a transformation to filter.",
                DELIVERY_GROUP,
                ++order,
                Width.MEDIUM,
                "Copy topics");
        def.define(
                EVENTS_TOPIC,
                ConfigDef.Type.STRING,
                "",
                Validators.resolved(),
                Importance.MEDIUM,
                "The topic that is told when an object is started, completed (with its rows and its bad rows) or superseded"
                        + " by a new version, each in its place among the rows. With it an object without rows gets an"
                        + " entry among the offsets, too. Empty for none.",
                DELIVERY_GROUP,
                ++order,
                Width.MEDIUM,
                "Events topic");
        def.define(
                END_MARKERS,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.MEDIUM,
                "True sends a record without a value behind the last row of each object, also of one without rows, to "
                        + TOPIC + " and to every one of " + COPY_TOPICS
                        + ", with the rows' key and in their transaction."
                        + " Its header catalog.control is object-end, object.rows says how many rows were sent and"
                        + " object.rejects how many were not. A topic for it must not be compacted.",
                DELIVERY_GROUP,
                ++order,
                Width.SHORT,
                "End markers");
        def.define(
                BATCH_MAX_ROWS,
                ConfigDef.Type.INT,
                2_000,
                ConfigDef.Range.between(1, 100_000),
                Importance.LOW,
                "How many rows the worker gets at a time, at most.",
                DELIVERY_GROUP,
                ++order,
                Width.SHORT,
                "Batch");
        def.define(
                TRANSACTION_ROWS,
                ConfigDef.Type.INT,
                20_000,
                ConfigDef.Range.between(1, 10_000_000),
                Importance.LOW,
                "With transaction.boundary=connector: a transaction ends at the first end of an object after so many rows,"
                        + " or within an object that is too big for one, or when nothing waits.",
                DELIVERY_GROUP,
                ++order,
                Width.SHORT,
                "Rows a transaction");
        def.define(
                TRANSACTION_MAX_BYTES,
                ConfigDef.Type.LONG,
                32L * 1024 * 1024,
                ConfigDef.Range.atLeast(0),
                Importance.LOW,
                "With transaction.boundary=connector: an object up to this size becomes visible whole, in one transaction.",
                DELIVERY_GROUP,
                ++order,
                Width.SHORT,
                "Object in one transaction");
    }

    /** What to look for in a bucket. */
    DiscoveryPlan plan(String bucket) {
        Duration interval = Duration.ofMillis(config.getLong(POLL_INTERVAL));
        Duration longest = Duration.ofMillis(config.getLong(POLL_INTERVAL_MAX));
        return new DiscoveryPlan(
                bucket,
                PrefixTemplate.of(config.getString(PREFIX)),
                config.getInt(LOOK_BACK_DAYS),
                keyPattern(),
                Duration.ofMillis(config.getLong(MIN_AGE)),
                order(),
                ChangedPolicy.valueOf(config.getString(CHANGED).toUpperCase(Locale.ROOT)),
                interval,
                longest.compareTo(interval) < 0 ? interval : longest);
    }

    /** The parts of keys that become headers. */
    KeyGroups keyGroups() {
        return KeyGroups.of(keyPattern());
    }

    private @Nullable Pattern keyPattern() {
        String keyPattern = config.getString(KEY_PATTERN);
        return keyPattern.isBlank() ? null : Pattern.compile(keyPattern);
    }

    private ObjectOrder order() {
        return ObjectOrder.valueOf(config.getString(ORDER).toUpperCase(Locale.ROOT));
    }

    /** How long entries are kept at least; null for ever. */
    @Nullable
    Duration lateWindow() {
        long window = config.getLong(LATE_WINDOW);
        if (window < 0) {
            return null;
        }
        if (eventsTopic() == null) {
            throw new InvalidSettingException(
                    LATE_WINDOW,
                    "is " + window + ", and " + EVENTS_TOPIC + " is empty. It needs an events topic, because Connect"
                            + " deletes an entry only with a record");
        }
        if (order() != ObjectOrder.MODIFIED) {
            throw new InvalidSettingException(
                    ORDER,
                    "is key, and " + LATE_WINDOW + " is " + window + ". Set " + ORDER
                            + "=modified: a watermark waits for"
                            + " the oldest object that is not read, and entries would pile up behind it");
        }
        long minAge = config.getLong(MIN_AGE);
        if (window < minAge) {
            throw new InvalidSettingException(
                    LATE_WINDOW, "is " + window + ", less than " + MIN_AGE + " (" + minAge + "). Raise it");
        }
        return Duration.ofMillis(window);
    }

    String topic() {
        return config.getString(TOPIC);
    }

    List<String> copyTopics() {
        List<String> copies = config.getList(COPY_TOPICS);
        Set<String> names = new HashSet<>(Set.of(topic()));
        for (String copy : copies) {
            if (copy.isBlank() || !names.add(copy)) {
                throw new InvalidSettingException(
                        COPY_TOPICS, "has '" + copy + "', which is empty or there already. Name each topic once");
            }
        }
        return copies;
    }

    /** The topic for events, when there is one. */
    @Nullable
    String eventsTopic() {
        String events = config.getString(EVENTS_TOPIC);
        return events.isBlank() ? null : events;
    }

    boolean endMarkers() {
        return config.getBoolean(END_MARKERS);
    }

    int batchMaxRows() {
        return config.getInt(BATCH_MAX_ROWS);
    }

    int transactionRows() {
        return config.getInt(TRANSACTION_ROWS);
    }

    long transactionMaxBytes() {
        return config.getLong(TRANSACTION_MAX_BYTES);
    }
}
