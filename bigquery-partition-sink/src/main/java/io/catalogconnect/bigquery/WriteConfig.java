package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.commit.WriterSettings;
import io.catalogconnect.bigquery.flow.FlowSettings;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say how rows are written. */
final class WriteConfig {

    static final String DELIVERY_GUARANTEE = "delivery.guarantee";
    static final String TOMBSTONES = "tombstones";
    static final String REGISTRY_TABLE = "registry.table";
    static final String APPEND_MAX_ROWS = "append.max.rows";
    static final String APPEND_MAX_BYTES = "append.max.bytes";
    static final String APPEND_MAX_IN_FLIGHT = "append.max.in.flight";
    static final String APPEND_LINGER_MS = "append.linger.ms";
    static final String APPEND_TIMEOUT_MS = "append.timeout.ms";
    static final String BUFFER_MAX_BYTES = "buffer.max.bytes";
    static final String SETTLE_TIMEOUT_MS = "settle.timeout.ms";
    static final String TAKEOVER_TIMEOUT_MS = "takeover.timeout.ms";
    static final String TAKEOVER_VISIBILITY_TIMEOUT_MS = "takeover.visibility.timeout.ms";
    static final String SCHEMA_PROPAGATION_TIMEOUT_MS = "schema.propagation.timeout.ms";
    static final String RETRY_BACKOFF_MS = "retry.backoff.ms";
    static final String RETRY_BACKOFF_MAX_MS = "retry.backoff.max.ms";

    private static final String GROUP = "Writing";
    private static final int MAX_REQUEST_BYTES = 9_000_000;
    private static final int MAX_RESENDS = 5;

    private WriteConfig() {}

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                DELIVERY_GUARANTEE,
                ConfigDef.Type.STRING,
                "exactly-once",
                Validators.oneOf(FlowSettings.Guarantee.class),
                Importance.HIGH,
                "How often a record's row is in its table: `exactly-once`, or `at-least-once` through the table's default"
                        + " stream, which needs no registry and takes ingestion-time partitions too.",
                GROUP,
                ++order,
                Width.SHORT,
                "Delivery guarantee");
        def.define(
                TOMBSTONES,
                ConfigDef.Type.STRING,
                "skip",
                Validators.oneOf(FlowSettings.Tombstones.class),
                Importance.MEDIUM,
                "What becomes of records without a value, which cannot be appended as rows: they are counted and left out"
                        + " (`skip`), go where bad records go (`dead-letter`), or stop the task (`fail`).",
                GROUP,
                ++order,
                Width.SHORT,
                "Tombstones");
        def.define(
                REGISTRY_TABLE,
                ConfigDef.Type.STRING,
                "_catalog_connect_streams",
                Validators.matching(Pattern.compile("[A-Za-z0-9_]{1,1024}"), "a table's name"),
                Importance.LOW,
                "The table of the dataset that keeps which task writes which stream. Made when it is missing. All"
                        + " connectors of a dataset may share it.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Registry table");
        define(def, APPEND_MAX_ROWS, 1_000, 1, 50_000, ++order, "Rows in one append, at most.");
        define(
                def,
                APPEND_MAX_BYTES,
                1_048_576,
                1_024,
                MAX_REQUEST_BYTES,
                ++order,
                "Bytes in one append, at most; BigQuery takes requests of 10 MB.");
        define(def, APPEND_MAX_IN_FLIGHT, 8, 1, 1_000, ++order, "Appends sent and not answered, by stream, at most.");
        define(
                def,
                APPEND_LINGER_MS,
                20,
                0,
                60_000,
                ++order,
                "How long a row waits for others to fill an append, in milliseconds, while other appends are in flight.");
        define(
                def,
                APPEND_TIMEOUT_MS,
                60_000,
                100,
                3_600_000,
                ++order,
                "After how long an append without an answer counts as lost, in milliseconds.");
        define(
                def,
                BUFFER_MAX_BYTES,
                33_554_432,
                1_024,
                Integer.MAX_VALUE,
                ++order,
                "Bytes of rows that a task keeps before it pauses its partitions.");
        define(
                def,
                SETTLE_TIMEOUT_MS,
                500,
                0,
                60_000,
                ++order,
                "How long a commit of offsets waits for appends in flight, in milliseconds; what is not answered by then"
                        + " is committed the next time.");
        define(
                def,
                TAKEOVER_TIMEOUT_MS,
                180_000,
                1_000,
                3_600_000,
                ++order,
                "After how long taking over a partition is begun anew, in milliseconds.");
        define(
                def,
                TAKEOVER_VISIBILITY_TIMEOUT_MS,
                600_000,
                1_000,
                86_400_000,
                ++order,
                "How long a take-over waits until all rows of the previous stream can be seen, in milliseconds.");
        define(
                def,
                SCHEMA_PROPAGATION_TIMEOUT_MS,
                3_600_000,
                1_000,
                86_400_000,
                ++order,
                "How long rows with a new column are tried again until BigQuery knows it everywhere, in milliseconds.");
        define(
                def,
                RETRY_BACKOFF_MS,
                200,
                1,
                600_000,
                ++order,
                "How long to wait before the first new try, in milliseconds; it doubles with each failure.");
        define(def, RETRY_BACKOFF_MAX_MS, 30_000, 1, 3_600_000, ++order, "The longest wait before a new try.");
    }

    static WriterSettings settings(AbstractConfig config) {
        return new WriterSettings(
                new WriterSettings.Appends(
                        config.getInt(APPEND_MAX_ROWS),
                        config.getInt(APPEND_MAX_BYTES),
                        config.getInt(APPEND_MAX_IN_FLIGHT),
                        MAX_RESENDS,
                        millis(config, APPEND_LINGER_MS),
                        millis(config, APPEND_TIMEOUT_MS)),
                new WriterSettings.TakeOvers(
                        millis(config, TAKEOVER_TIMEOUT_MS),
                        millis(config, TAKEOVER_VISIBILITY_TIMEOUT_MS),
                        ReplaceConfig.replaces(config) || config.getLong(TableConfig.PARTITION_EXPIRATION_MS) >= 0),
                millis(config, SCHEMA_PROPAGATION_TIMEOUT_MS));
    }

    static Duration millis(AbstractConfig config, String key) {
        return Duration.ofMillis(config.getInt(key));
    }

    private static void define(ConfigDef def, String key, int value, int min, int max, int order, String doc) {
        def.define(
                key,
                ConfigDef.Type.INT,
                value,
                Range.between(min, max),
                Importance.LOW,
                doc,
                GROUP,
                order,
                Width.SHORT,
                key);
    }
}
