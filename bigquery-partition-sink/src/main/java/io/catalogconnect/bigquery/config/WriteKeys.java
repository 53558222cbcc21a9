package io.catalogconnect.bigquery.config;

import io.catalogconnect.bigquery.commit.WriterSettings;
import io.catalogconnect.bigquery.flow.FlowSettings;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Keys for the writing of rows. */
final class WriteKeys {

    private static final int MAX_REQUEST_BYTES = 9_000_000;
    private static final int MAX_RESENDS = 5;
    private static final String CHECKPOINTS = "_checkpoints";

    static final Setting<FlowSettings.Guarantee> GUARANTEE = Setting.word(
                    "delivery.guarantee", FlowSettings.Guarantee.EXACTLY_ONCE)
            .described(
                    Importance.HIGH,
                    "Delivery guarantee",
                    "Delivery guarantee of each row: `exactly-once`, or `at-least-once` through the table's default stream,"
                            + " which needs no registry and also supports ingestion-time partitions.");
    private static final Setting<FlowSettings.Tombstones> TOMBSTONES = Setting.word(
                    "tombstones", FlowSettings.Tombstones.SKIP)
            .described(
                    Importance.MEDIUM,
                    "Tombstones",
                    "Treatment of records without a value, which cannot become rows: they are counted and skipped"
                            + " (`skip`), reported like other rejected records (`dead-letter`), or fail the task"
                            + " (`fail`). With `write.mode=upsert` they delete the row of their key, and this setting"
                            + " applies only if the key or the version is in the value.");
    private static final Setting<String> REGISTRY_TABLE = Names.table("registry.table")
            .defaultsTo("_catalog_connect_streams")
            .described(
                    Importance.LOW,
                    "Registry table",
                    "Table of the dataset that records which task writes to which write stream. A second table, whose"
                            + " name has the suffix " + CHECKPOINTS
                            + ", records the Kafka offsets of write streams. Both"
                            + " are created if they are missing. All connectors of a dataset may share them.");
    private static final Setting<WriterSettings.OtherConnectors> OTHER_CONNECTORS = Setting.word(
                    "other.connectors", WriterSettings.OtherConnectors.FAIL)
            .described(
                    Importance.MEDIUM,
                    "Other connectors",
                    "Treatment of a topic partition that another connector writes to the same table, according to the"
                            + " registry: `fail` fails the task and names the other connector. `fence` takes over from"
                            + " it: this connector continues after the last written row, and the other connector fails"
                            + " at its next append and does not take over again. Set `fence` on a connector that"
                            + " replaces another one, for example under a new name.");
    private static final Setting<Integer> APPEND_MAX_ROWS =
            low(Setting.integer("append.max.rows", 1_000, 1, 50_000), "Maximum number of rows in one append.");
    private static final Setting<Integer> APPEND_MAX_BYTES = low(
            Setting.integer("append.max.bytes", 1_048_576, 1_024, MAX_REQUEST_BYTES),
            "Maximum size of one append in bytes. BigQuery accepts requests of up to 10 MB.");
    private static final Setting<Integer> APPEND_MAX_IN_FLIGHT = low(
            Setting.integer("append.max.in.flight", 8, 1, 1_000),
            "Maximum number of appends of a write stream that are sent and not yet answered.");
    private static final Setting<Duration> APPEND_LINGER = low(
            Setting.millis("append.linger.ms", 20, 0, 60_000),
            "Maximum time in milliseconds that a row waits until an append is full. Rows wait only while other"
                    + " appends are in flight.");
    private static final Setting<Duration> APPEND_TIMEOUT = low(
            Setting.millis("append.timeout.ms", 60_000, 100, 3_600_000),
            "Time limit in milliseconds for the response to an append. After it, the outcome of the append counts"
                    + " as unknown.");
    private static final Setting<Integer> BUFFER_MAX_BYTES = low(
            Setting.integer("buffer.max.bytes", 33_554_432, 1_024, Integer.MAX_VALUE),
            "Size of the rows that a task buffers, in bytes, above which the task pauses its topic partitions.");
    private static final Setting<Duration> SETTLE_TIMEOUT = low(
            Setting.millis("settle.timeout.ms", 500, 0, 60_000),
            "Maximum time in milliseconds that a commit of offsets waits for appends in flight. Offsets of rows"
                    + " that are not acknowledged by then are committed the next time.");
    private static final Setting<Duration> TAKEOVER_TIMEOUT = low(
            Setting.millis("takeover.timeout.ms", 180_000, 1_000, 3_600_000),
            "Time in milliseconds after which a take-over that has not ended is restarted. A take-over makes a task"
                    + " the only writer of a lane (one topic partition written to one table).");
    private static final Setting<Integer> TAKEOVER_STREAMS_PER_SECOND = low(
            Setting.integer("takeover.streams.per.second", 40, 1, 1_000),
            "Maximum number of write streams that the connector creates per second. Each of its tasks may create an equal"
                    + " share, according to tasks.max. BigQuery becomes slow above 40 to 50 per second in a project."
                    + " Divide the number among the connectors of a project that start at the same time.");
    private static final Setting<Duration> TAKEOVER_VISIBILITY_TIMEOUT = low(
            Setting.millis("takeover.visibility.timeout.ms", 600_000, 1_000, 86_400_000),
            "Maximum time in milliseconds that a take-over with write.mode=replace waits until queries see all rows of"
                    + " the previous write stream. After it, the take-over continues, because rows of histories expire."
                    + " No other write mode waits for rows.");
    private static final Setting<Duration> SCHEMA_PROPAGATION_TIMEOUT = low(
            Setting.millis("schema.propagation.timeout.ms", 3_600_000, 1_000, 86_400_000),
            "Maximum time in milliseconds for which appends with a new column are retried, because BigQuery accepts"
                    + " them only some time after the column was added. After it, the task fails.");
    private static final Setting<Duration> RETRY_BACKOFF = low(
            Setting.millis("retry.backoff.ms", 200, 1, 600_000),
            "Maximum delay in milliseconds before the first retry. It doubles with each further failure. The delay"
                    + " is random, and at least half of the maximum.");
    private static final Setting<Duration> RETRY_BACKOFF_MAX = low(
            Setting.millis("retry.backoff.max.ms", 30_000, 1, 3_600_000),
            "Upper limit of the delay before a retry, in milliseconds.");

    private WriteKeys() {}

    static SettingsTable.Builder addTo(SettingsTable.Builder table) {
        return table.group(
                "Writing",
                ReplaceKeys.MODE,
                GUARANTEE,
                TOMBSTONES,
                REGISTRY_TABLE,
                OTHER_CONNECTORS,
                APPEND_MAX_ROWS,
                APPEND_MAX_BYTES,
                APPEND_MAX_IN_FLIGHT,
                APPEND_LINGER,
                APPEND_TIMEOUT,
                BUFFER_MAX_BYTES,
                SETTLE_TIMEOUT,
                TAKEOVER_TIMEOUT,
                TAKEOVER_STREAMS_PER_SECOND,
                TAKEOVER_VISIBILITY_TIMEOUT,
                SCHEMA_PROPAGATION_TIMEOUT,
                RETRY_BACKOFF,
                RETRY_BACKOFF_MAX);
    }

    static FlowSettings.Tombstones tombstones(Settings settings) {
        return settings.get(TOMBSTONES);
    }

    static String registryTable(Settings settings) {
        return settings.get(REGISTRY_TABLE);
    }

    static String checkpointsTable(Settings settings) {
        return registryTable(settings) + CHECKPOINTS;
    }

    static FlowSettings.Retries retries(Settings settings) {
        return new FlowSettings.Retries(settings.get(RETRY_BACKOFF), settings.get(RETRY_BACKOFF_MAX));
    }

    static FlowSettings.Buffer buffer(Settings settings) {
        return new FlowSettings.Buffer(settings.get(BUFFER_MAX_BYTES), settings.get(SETTLE_TIMEOUT));
    }

    static Duration takeOverTimeout(Settings settings) {
        return settings.get(TAKEOVER_TIMEOUT);
    }

    /** Write streams that one of the connector's tasks may create per second. */
    static double streamsPerSecond(Settings settings) {
        String tasks = settings.connectProperty("tasks.max");
        return (double) settings.get(TAKEOVER_STREAMS_PER_SECOND)
                / (tasks.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(tasks) : 1);
    }

    /** @param replaces whether publications depend on the rows that queries see */
    static WriterSettings writer(Settings settings, boolean replaces) {
        return new WriterSettings(
                new WriterSettings.Appends(
                        settings.get(APPEND_MAX_ROWS),
                        settings.get(APPEND_MAX_BYTES),
                        settings.get(APPEND_MAX_IN_FLIGHT),
                        MAX_RESENDS,
                        settings.get(APPEND_LINGER),
                        settings.get(APPEND_TIMEOUT)),
                new WriterSettings.TakeOvers(
                        settings.get(TAKEOVER_TIMEOUT),
                        replaces ? settings.get(TAKEOVER_VISIBILITY_TIMEOUT) : Duration.ZERO,
                        settings.get(OTHER_CONNECTORS)),
                settings.get(SCHEMA_PROPAGATION_TIMEOUT));
    }

    private static <T> Setting<T> low(Setting<T> setting, String doc) {
        return setting.described(Importance.LOW, setting.name(), doc);
    }
}
