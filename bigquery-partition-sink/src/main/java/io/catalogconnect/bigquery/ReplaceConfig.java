package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.record.TableLayout;
import io.catalogconnect.bigquery.replace.ReplaceSettings;
import io.catalogconnect.bigquery.replace.ReplaceTables;
import io.catalogconnect.bigquery.table.ObjectColumns;
import io.catalogconnect.bigquery.table.Partitioning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** The keys that say whether rows are added or replaced, and how. */
final class ReplaceConfig {

    static final String MODE = "write.mode";
    static final String UNIT = "replace.unit";
    static final String HISTORY_DAYS = "replace.history.days";
    static final String HISTORY_SUFFIX = "replace.history.suffix";
    static final String FILTERED_TOPICS = "replace.filtered.topics";
    static final String MIN_INTERVAL_MS = "replace.min.interval.ms";
    static final String VERSIONS_TABLE = "replace.versions.table";
    static final String PUBLICATIONS_TABLE = "replace.publications.table";

    private static final String GROUP = "Replacing";
    private static final Duration ABANDON_AFTER = Duration.ofDays(1);
    private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_]{1,1024}");

    /** What becomes of the rows of an object's earlier version. */
    enum Mode {
        APPEND,
        REPLACE
    }

    /** What a new version takes the place of. */
    enum Unit {
        PARTITION,
        TABLE
    }

    private ReplaceConfig() {}

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                MODE,
                ConfigDef.Type.STRING,
                "append",
                Validators.oneOf(Mode.class),
                Importance.HIGH,
                "Whether each record's row is added to its table (`append`), or the table shows the newest complete version"
                        + " of each object and nothing else (`replace`). For `replace` the source must mark the end of each"
                        + " object: `object.end.markers=true`.",
                GROUP,
                ++order,
                Width.SHORT,
                "Write mode");
        def.define(
                UNIT,
                ConfigDef.Type.STRING,
                "partition",
                Validators.oneOf(Unit.class),
                Importance.HIGH,
                "What the rows of a version replace: the partition of the object's date, which then shows the newest"
                        + " complete version of every object of that date (`partition`); or all of the table, which then"
                        + " shows the newest complete object, by date, then by time of modification (`table`).",
                GROUP,
                ++order,
                Width.SHORT,
                "Unit");
        def.define(
                HISTORY_DAYS,
                ConfigDef.Type.INT,
                400,
                Range.between(2, 3_650),
                Importance.MEDIUM,
                "How many days after its date the history keeps an object's rows. An object of an earlier date is a bad"
                        + " record. It is written to history tables when they are made; to change it later, change the"
                        + " history table's partition expiration too.",
                GROUP,
                ++order,
                Width.SHORT,
                "Days of history");
        def.define(
                HISTORY_SUFFIX,
                ConfigDef.Type.STRING,
                "_history",
                Validators.matching(Pattern.compile("[A-Za-z0-9_]{1,100}"), "letters, digits and underscores"),
                Importance.LOW,
                "What follows a table's name in the name of its history, the table that rows are appended to.",
                GROUP,
                ++order,
                Width.SHORT,
                "History's suffix");
        def.define(
                FILTERED_TOPICS,
                ConfigDef.Type.LIST,
                List.of(),
                Importance.MEDIUM,
                "Kafka topics from which a transformation drops rows intentionally. A version of any other topic is published"
                        + " only if as many rows arrived as its end marker states; otherwise the task fails and the table is"
                        + " unchanged. Rows that the sink rejects count as missing.",
                GROUP,
                ++order,
                Width.LONG,
                "Filtered topics");
        def.define(
                MIN_INTERVAL_MS,
                ConfigDef.Type.INT,
                10_000,
                Range.between(0, 86_400_000),
                Importance.MEDIUM,
                "How long a partition (or the table) rests between two jobs, in milliseconds. Objects that come meanwhile"
                        + " share the next job. BigQuery takes " + ReplaceSettings.JOBS_PER_DAY
                        + " jobs a table and day.",
                GROUP,
                ++order,
                Width.SHORT,
                "Least interval");
        def.define(
                VERSIONS_TABLE,
                ConfigDef.Type.STRING,
                "_catalog_connect_versions",
                Validators.matching(TABLE_NAME, "a table's name"),
                Importance.LOW,
                "The table of the dataset that keeps which versions of objects are complete. Made when it is missing.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Versions table");
        def.define(
                PUBLICATIONS_TABLE,
                ConfigDef.Type.STRING,
                "_catalog_connect_publications",
                Validators.matching(TABLE_NAME, "a table's name"),
                Importance.LOW,
                "The table of the dataset that keeps which job shows which versions. Made when it is missing. All"
                        + " connectors that write to a table must share it.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Publications table");
    }

    static boolean replaces(AbstractConfig config) {
        return Validators.parse(Mode.class, config.getString(MODE)) == Mode.REPLACE;
    }

    static boolean replacesTables(AbstractConfig config) {
        return Validators.parse(Unit.class, config.getString(UNIT)) == Unit.TABLE;
    }

    static ReplaceTables tables(AbstractConfig config) {
        return new ReplaceTables(
                config.getString(HISTORY_SUFFIX),
                config.getString(VERSIONS_TABLE),
                config.getString(PUBLICATIONS_TABLE));
    }

    /** A history has a partition for each date of an object, whatever the table that shows it has. */
    static TableLayout historyLayout(AbstractConfig config, Map<String, String> labels, Descriptions descriptions) {
        Partitioning byDate = new Partitioning(
                Partitioning.Unit.DAY,
                Optional.of(ObjectColumns.DATE),
                Optional.of(Duration.ofDays(config.getInt(HISTORY_DAYS))),
                false,
                Optional.empty());
        return new TableLayout(byDate, List.of(ObjectColumns.KEY), labels, descriptions);
    }

    static ReplaceSettings settings(AbstractConfig config) {
        return new ReplaceSettings(
                WriteConfig.millis(config, MIN_INTERVAL_MS),
                ReplaceSettings.JOBS_PER_DAY,
                WriteConfig.millis(config, WriteConfig.TAKEOVER_TIMEOUT_MS),
                ABANDON_AFTER,
                Set.copyOf(config.getList(FILTERED_TOPICS)));
    }

    /** What single keys cannot tell: reports key and message. */
    static void checkTogether(Map<String, @Nullable Object> values, BiConsumer<String, String> error) {
        if (!"replace".equals(values.get(MODE))) {
            return;
        }
        if ("at-least-once".equals(values.get(WriteConfig.DELIVERY_GUARANTEE))) {
            error.accept(
                    MODE,
                    "is replace, which needs " + WriteConfig.DELIVERY_GUARANTEE
                            + "=exactly-once: without it nobody can tell when a version is complete");
        }
        if ("partition".equals(values.get(UNIT)) && !"day".equals(values.get(TableConfig.PARTITION_TYPE))) {
            error.accept(
                    UNIT,
                    "is partition, which needs " + TableConfig.PARTITION_TYPE
                            + "=day: an object has a date, and a job replaces a whole partition. Set it, or "
                            + UNIT + "=table");
        }
    }
}
