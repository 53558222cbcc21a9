package io.catalogconnect.bigquery.config;

import io.catalogconnect.bigquery.flow.FlowSettings;
import io.catalogconnect.bigquery.record.ChangeRules;
import io.catalogconnect.bigquery.record.ChangeRules.DeleteWhen;
import io.catalogconnect.bigquery.record.ChangeRules.KeySource;
import io.catalogconnect.bigquery.record.HeaderColumns;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Keys for upsert mode. */
final class UpsertKeys {

    private static final int MAX_KEY_COLUMNS = 16;
    private static final long MAX_STALENESS_MS = 86_400_000;

    private static final Setting<KeySource> KEY_SOURCE = Setting.word("upsert.key.source", KeySource.RECORD_KEY)
            .described(
                    Importance.HIGH,
                    "Key source",
                    "Part of a record that has the columns of the primary key: the record key (`record-key`), whose"
                            + " fields then become columns, the value (`value`), or headers (`headers`), which"
                            + " `header.columns` must name.");
    private static final Setting<List<String>> KEY_COLUMNS = Setting.list(
                    "upsert.key.columns",
                    "column names, at most " + MAX_KEY_COLUMNS,
                    entry -> Names.form(Names.COLUMN, "each entry must be a column name")
                            .apply(entry)
                            .group())
            .map(UpsertKeys::atMostSixteen)
            .described(
                    Importance.HIGH,
                    "Key columns",
                    "Columns of the primary key, at most " + MAX_KEY_COLUMNS + ". Required unless"
                            + " `upsert.key.source=record-key`. Empty: all fields of the record key. If the record key is"
                            + " a single value, the name of its column.");
    private static final Setting<Optional<DeleteWhen>> DELETE_WHEN = Setting.parsed(
                    "upsert.delete.when", "field=value", UpsertKeys::deleteWhen)
            .optional()
            .described(
                    Importance.MEDIUM,
                    "Delete when",
                    "Field of the value and the value with which a record deletes its row, as `field=value`, for example"
                            + " `__deleted=true`. The field does not become a column. Empty: only tombstones delete"
                            + " rows.");
    private static final Setting<Optional<String>> VERSION_COLUMN = Names.column("upsert.version.column")
            .optional()
            .described(
                    Importance.MEDIUM,
                    "Version column",
                    "Field of the value or column of a header, an integer or a timestamp, that orders the changes of a"
                            + " key: a change with a lower version than an earlier one has no effect. Changes with"
                            + " equal versions are ordered by their Kafka offsets. Empty: all changes are ordered by"
                            + " their Kafka offsets, so all records of a key must be in one topic partition.");
    private static final Setting<Integer> GENERATION = Setting.integer("upsert.generation", 0, 0, Integer.MAX_VALUE)
            .described(
                    Importance.LOW,
                    "Generation",
                    "Number that precedes the Kafka offset in the order of changes. Increase it when the topic was"
                            + " deleted and created again, or when the table receives the changes of another topic. The"
                            + " offsets of the new topic start at 0, and BigQuery would ignore its changes.");
    private static final Setting<Optional<Duration>> MAX_STALENESS = Setting.millisOrUnlimited(
                    "upsert.max.staleness.ms", -1, MAX_STALENESS_MS)
            .described(
                    Importance.MEDIUM,
                    "Maximum staleness",
                    "Option `max_staleness` of a new table, in milliseconds: the age that the result of a query may"
                            + " have. Queries then apply fewer changes, and cost less. It needs permission to run query"
                            + " jobs. -1: not set, so every query applies all changes.");

    private UpsertKeys() {}

    static SettingsTable.Builder addTo(SettingsTable.Builder table) {
        return table.group("Upserting", KEY_SOURCE, KEY_COLUMNS, DELETE_WHEN, VERSION_COLUMN, GENERATION, MAX_STALENESS)
                .check(UpsertKeys::check);
    }

    static boolean upserts(Settings settings) {
        return settings.get(ReplaceKeys.MODE) == ReplaceKeys.Mode.UPSERT;
    }

    static ChangeRules rules(Settings settings) {
        return new ChangeRules(
                settings.get(KEY_SOURCE),
                settings.get(KEY_COLUMNS),
                settings.get(VERSION_COLUMN),
                settings.get(DELETE_WHEN),
                settings.get(GENERATION),
                settings.get(MAX_STALENESS));
    }

    private static void check(Settings settings, Problems problems) {
        if (!upserts(settings)) {
            return;
        }
        KeySource source = settings.get(KEY_SOURCE);
        List<String> columns = settings.get(KEY_COLUMNS);
        if (source != KeySource.RECORD_KEY && columns.isEmpty()) {
            problems.add(
                    KEY_COLUMNS,
                    "is required unless " + KEY_SOURCE + "=record-key. List the columns of the primary key");
        }
        HeaderColumns headers = ColumnKeys.headerColumns(settings);
        if (source == KeySource.HEADERS) {
            columns.stream()
                    .filter(column -> !headers.has(column))
                    .forEach(column -> problems.add(
                            KEY_COLUMNS,
                            "names '" + column + "', which is not in header.columns. Add it there as header:" + column
                                    + ":type, or set another " + KEY_SOURCE));
        }
        if (settings.get(WriteKeys.GUARANTEE) != FlowSettings.Guarantee.EXACTLY_ONCE) {
            problems.add(
                    WriteKeys.GUARANTEE,
                    "has no effect with " + ReplaceKeys.MODE + "=upsert: a repeated change does not change the table."
                            + " Remove it");
        }
        if (settings.get(TableKeys.PARTITION_FILTER_REQUIRED)) {
            problems.add(
                    TableKeys.PARTITION_FILTER_REQUIRED,
                    "cannot be true with " + ReplaceKeys.MODE + "=upsert, because BigQuery does not support it while"
                            + " queries apply changes. Remove it");
        }
    }

    private static List<String> atMostSixteen(List<String> columns) {
        if (columns.size() > MAX_KEY_COLUMNS) {
            throw new IllegalArgumentException("it must name at most " + MAX_KEY_COLUMNS + " columns");
        }
        return columns;
    }

    private static DeleteWhen deleteWhen(String text) {
        Matcher parts = Names.form("([^=]+)=(.*)", "it must be field=value, for example __deleted=true")
                .apply(text);
        return new DeleteWhen(parts.group(1).strip(), parts.group(2).strip());
    }
}
