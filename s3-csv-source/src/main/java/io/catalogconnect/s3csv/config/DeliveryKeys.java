package io.catalogconnect.s3csv.config;

import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Topics, end markers, batches and transactions. */
final class DeliveryKeys {

    private static final String ERRORS_TOLERANCE = "errors.tolerance";
    private static final String OFFSETS_TOPIC = "offsets.storage.topic";

    /** A connector does not see the names that its worker is configured with; these are the usual ones. */
    private static final Pattern INTERNAL_TOPIC =
            Pattern.compile("__.+|_schemas|_confluent.*|(.*[-._])?connect[-._](config|offset|status|statuse)s?");

    private static final Setting<String> TOPIC = Setting.text("topic")
            .described(
                    Importance.HIGH,
                    "Topic",
                    "Topic that receives every row. No transformation may drop or reroute its records, because they"
                            + " carry the source offsets.");

    private static final Setting<List<String>> COPY_TOPICS = Setting.list(
                    "copy.topics", "topic names", DeliveryKeys::topicName)
            .described(
                    Importance.HIGH,
                    "Copy topics",
                    "Topics that receive a copy of every row, for example so that a transformation can filter it.");

    static final Setting<Optional<String>> EVENTS_TOPIC = Setting.parsed(
                    "object.events.topic", "a topic name", Function.<String>identity())
            .optional()
            .described(
                    Importance.MEDIUM,
                    "Events topic",
                    "Topic for events: an object is started, completed (with its numbers of rows and malformed"
                            + " rows), failed, or superseded by a new version. Events are sent in order with the"
                            + " rows. If there is neither an events topic nor an end marker, no offset is stored for"
                            + " an object without rows. Empty: no events.");

    static final Setting<Boolean> END_MARKERS = Setting.flag("object.end.markers", false)
            .described(
                    Importance.MEDIUM,
                    "End markers",
                    "Whether end markers are sent. An end marker is a record without a value that follows the last"
                            + " row of each object, also of an object without rows. It is sent to `topic` and to each"
                            + " of `copy.topics`, with the key of the rows and in their transaction. Its headers are"
                            + " `catalog.control` (`object-end`), `object.rows` (number of rows sent) and"
                            + " `object.rejects` (number of malformed rows), besides those that identify the object."
                            + " A topic with end markers must not be compacted. Cannot be combined with"
                            + " errors.tolerance=all.");

    private static final Setting<Integer> BATCH_MAX_ROWS = Setting.integer("batch.max.rows", 2_000, 1, 100_000)
            .described(
                    Importance.LOW,
                    "Batch size",
                    "Maximum number of rows in one batch for the worker. A batch also ends after 16 MiB of decompressed data."
                            + " With transaction.boundary=poll each batch is a transaction: an object with at most this"
                            + " many rows and 16 MiB becomes visible as a whole or not at all, and a larger one that fails"
                            + " stays visible up to the last batch before the failure.");

    private static final Setting<Integer> TRANSACTION_ROWS = Setting.integer("transaction.rows", 20_000, 1, 10_000_000)
            .described(
                    Importance.LOW,
                    "Transaction size",
                    "Number of rows after which a transaction ends, with `transaction.boundary=connector`. The"
                            + " transaction continues to the next end of an object, unless the object is larger than"
                            + " `transaction.max.bytes`. It ends earlier if no object is waiting, or when its"
                            + " records count `transaction.max.bytes` bytes.");

    private static final Setting<Long> TRANSACTION_MAX_BYTES = Setting.number(
                    "transaction.max.bytes", 32L * 1024 * 1024, 0, Long.MAX_VALUE)
            .described(
                    Importance.LOW,
                    "Object in one transaction",
                    "Maximum size of an object whose rows become visible in one transaction, in bytes, with"
                            + " transaction.boundary=connector. If such an object fails, its transaction is aborted and no row"
                            + " of it is visible. A larger object that fails stays visible up to the row before the"
                            + " failure; the event `failed` has the number of visible rows. Because the worker keeps the"
                            + " records of a transaction in memory, the decompressed size counts too, and each row counts"
                            + " 256 bytes more for each topic of `topic` and `copy.topics`: with the default and one topic,"
                            + " an object with 131072 rows or more is always larger. The decompressed size and the number of"
                            + " rows are not known in advance: the object is kept in one transaction until this many bytes"
                            + " are counted, and then treated as a larger one. A transaction also ends when its records"
                            + " count this many bytes, or 16 MiB if that is more: at the end of an object, or at a row of a"
                            + " larger object. A transaction needs several times this much heap. With errors.tolerance=all no"
                            + " transaction is aborted, because Connect may drop the record that restores an offset.");

    private DeliveryKeys() {}

    static void addTo(SettingsTable.Builder table) {
        table.group(
                        "Delivery",
                        TOPIC,
                        COPY_TOPICS,
                        EVENTS_TOPIC,
                        END_MARKERS,
                        BATCH_MAX_ROWS,
                        TRANSACTION_ROWS,
                        TRANSACTION_MAX_BYTES)
                .check(DeliveryKeys::checkCopyTopics)
                .check(DeliveryKeys::checkFilters)
                .check(DeliveryKeys::checkEndMarkers)
                .check(DeliveryKeys::checkInternalTopics);
    }

    private static void checkCopyTopics(Settings settings, Problems problems) {
        Set<String> names = new HashSet<>(Set.of(settings.get(TOPIC)));
        for (String copy : settings.get(COPY_TOPICS)) {
            if (!names.add(copy)) {
                problems.add(
                        COPY_TOPICS,
                        "names '" + copy + "', which it names before or which is " + TOPIC + ". Name each topic once");
            }
        }
    }

    private static void checkFilters(Settings settings, Problems problems) {
        Set<String> topics = new HashSet<>(settings.get(COPY_TOPICS));
        topics.add(settings.get(TOPIC));
        settings.get(EVENTS_TOPIC).ifPresent(topics::add);
        settings.get(MalformedRowKeys.TOPIC).ifPresent(topics::add);
        FilterTopics.check(settings, topics, COPY_TOPICS, problems);
    }

    /** Refuses topics that Kafka, Connect and Schema Registry keep their state in. */
    private static void checkInternalTopics(Settings settings, Problems problems) {
        checkInternal(settings, problems, TOPIC, List.of(settings.get(TOPIC)));
        checkInternal(settings, problems, COPY_TOPICS, settings.get(COPY_TOPICS));
        checkInternal(
                settings,
                problems,
                EVENTS_TOPIC,
                settings.get(EVENTS_TOPIC).stream().toList());
        checkInternal(
                settings,
                problems,
                MalformedRowKeys.TOPIC,
                settings.get(MalformedRowKeys.TOPIC).stream().toList());
    }

    private static void checkInternal(Settings settings, Problems problems, Setting<?> setting, List<String> names) {
        String offsets = settings.connectProperty(OFFSETS_TOPIC);
        for (String name : names) {
            if (INTERNAL_TOPIC.matcher(name).matches() || name.equals(offsets)) {
                problems.add(
                        setting,
                        "names '" + name
                                + "', a topic in which Kafka, Connect or Schema Registry keeps its state. Rows in it"
                                + " would stop the cluster. Name another topic");
            }
        }
    }

    private static void checkEndMarkers(Settings settings, Problems problems) {
        if (settings.get(END_MARKERS)
                && settings.connectProperty(ERRORS_TOLERANCE).equalsIgnoreCase("all")) {
            problems.add(
                    END_MARKERS,
                    "is true, and " + ERRORS_TOLERANCE + " is all. With " + ERRORS_TOLERANCE
                            + "=all Connect drops a row"
                            + " that a transformation or a converter refuses, and the end marker would declare an incomplete"
                            + " object complete. Set " + ERRORS_TOLERANCE + "=none or " + END_MARKERS + "=false");
        }
    }

    static DeliverySettings delivery(Settings settings) {
        return new DeliverySettings(
                new Topics(
                        settings.get(TOPIC),
                        settings.get(COPY_TOPICS),
                        MalformedRowKeys.topic(settings).orElse(null),
                        settings.get(EVENTS_TOPIC).orElse(null)),
                settings.get(BATCH_MAX_ROWS),
                settings.get(TRANSACTION_ROWS),
                settings.get(TRANSACTION_MAX_BYTES),
                settings.get(BucketKeys.OUTAGE_MAX).orElse(null));
    }

    private static String topicName(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("each entry must be a topic name");
        }
        return text;
    }
}
