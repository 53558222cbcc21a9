package io.catalogconnect.bigquery.config;

import io.catalogconnect.bigquery.record.TableLayout;
import io.catalogconnect.bigquery.replace.ReplaceSettings;
import io.catalogconnect.bigquery.replace.ReplaceTables;
import io.catalogconnect.bigquery.table.ObjectColumns;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Keys for replace mode. */
final class ReplaceKeys {

    private static final Duration ABANDON_AFTER = Duration.ofDays(1);

    /** Treatment of the rows of an object's earlier version. */
    enum Mode {
        APPEND,
        REPLACE,
        UPSERT
    }

    /** Part of a table that a new version replaces. */
    enum Unit {
        PARTITION,
        TABLE
    }

    static final Setting<Mode> MODE = Setting.word("write.mode", Mode.APPEND)
            .described(
                    Importance.HIGH,
                    "Write mode",
                    "Write mode: the row of each record is added to the table (`append`), the table shows only the"
                            + " newest complete version of each object (`replace`), or each record inserts, replaces or"
                            + " deletes the row with its key (`upsert`). `replace` needs end markers from the source:"
                            + " `object.end.markers=true`.");
    static final Setting<Unit> UNIT = Setting.word("replace.unit", Unit.PARTITION)
            .described(
                    Importance.HIGH,
                    "Unit",
                    "Part of the table that a new version replaces. `partition`: the partition of the object's"
                            + " date, which then shows the newest complete version of every object of that date."
                            + " `table`: the whole table, which then shows one object, the one with the latest date"
                            + " and, among these, the latest modification.");
    private static final Setting<Integer> HISTORY_DAYS = Setting.integer("replace.history.days", 400, 2, 3_650)
            .described(
                    Importance.MEDIUM,
                    "Days of history",
                    "Number of days after its date for which the history keeps an object's rows. Rows of older"
                            + " objects are rejected. It is the partition expiration of new history tables. To change"
                            + " it later, also change the partition expiration of existing history tables.");
    private static final Setting<String> HISTORY_SUFFIX = Names.text(
                    "replace.history.suffix", "[A-Za-z0-9_]{1,100}", "a suffix of letters, digits and underscores")
            .defaultsTo("_history")
            .wide(Width.SHORT)
            .described(
                    Importance.LOW,
                    "History suffix",
                    "Suffix that forms the name of a table's history, the table to which rows are appended.");
    private static final Setting<List<String>> FILTERED_TOPICS = Setting.list(
                    "replace.filtered.topics", "topic names", Function.identity())
            .described(
                    Importance.MEDIUM,
                    "Filtered topics",
                    "Kafka topics from which a transformation drops rows intentionally. A version of any other"
                            + " topic is published only if as many rows arrived as its end marker states. Otherwise"
                            + " the task fails and the table does not change. Rows that the sink rejects count as"
                            + " missing.");
    private static final Setting<Duration> MIN_INTERVAL = Setting.millis(
                    "replace.min.interval.ms", 10_000, 0, 86_400_000)
            .described(
                    Importance.MEDIUM,
                    "Minimum interval",
                    "Minimum time in milliseconds between two publications, the query jobs that replace a partition"
                            + " (or the table). Objects that arrive in the interval share the next job. BigQuery"
                            + " permits " + ReplaceSettings.JOBS_PER_DAY
                            + " jobs per table and day.");
    private static final Setting<String> VERSIONS_TABLE = Names.table("replace.versions.table")
            .defaultsTo("_catalog_connect_versions")
            .described(
                    Importance.LOW,
                    "Versions table",
                    "Table of the dataset that records which versions of objects are complete. It is created if it is"
                            + " missing.");
    private static final Setting<String> PUBLICATIONS_TABLE = Names.table("replace.publications.table")
            .defaultsTo("_catalog_connect_publications")
            .described(
                    Importance.LOW,
                    "Publications table",
                    "Table of the dataset that records which job published which versions. It is created if it is"
                            + " missing. All connectors that write to the same table must share it.");

    private ReplaceKeys() {}

    static SettingsTable.Builder addTo(SettingsTable.Builder table) {
        return table.group(
                "Replacing",
                UNIT,
                HISTORY_DAYS,
                HISTORY_SUFFIX,
                FILTERED_TOPICS,
                MIN_INTERVAL,
                VERSIONS_TABLE,
                PUBLICATIONS_TABLE);
    }

    static boolean replaces(Settings settings) {
        return settings.get(MODE) == Mode.REPLACE;
    }

    static boolean replacesTables(Settings settings) {
        return settings.get(UNIT) == Unit.TABLE;
    }

    static int historyDays(Settings settings) {
        return settings.get(HISTORY_DAYS);
    }

    static ReplaceTables tables(Settings settings) {
        return new ReplaceTables(
                settings.get(HISTORY_SUFFIX), settings.get(VERSIONS_TABLE), settings.get(PUBLICATIONS_TABLE));
    }

    /** The layout of histories: a partition for each date of an object, whatever partitions the published table has. */
    static TableLayout historyLayout(Settings settings, TableLayout published) {
        Partitioning byDate = new Partitioning(
                Partitioning.Unit.DAY,
                Optional.of(ObjectColumns.DATE),
                Optional.of(Duration.ofDays(settings.get(HISTORY_DAYS))),
                false,
                Optional.empty());
        return new TableLayout(
                byDate,
                List.of(ObjectColumns.KEY),
                published.labels(),
                published.descriptions(),
                published.policyTags());
    }

    static ReplaceSettings limits(Settings settings, Duration attemptTimeout) {
        return new ReplaceSettings(
                settings.get(MIN_INTERVAL),
                ReplaceSettings.JOBS_PER_DAY,
                attemptTimeout,
                ABANDON_AFTER,
                Set.copyOf(settings.get(FILTERED_TOPICS)));
    }
}
