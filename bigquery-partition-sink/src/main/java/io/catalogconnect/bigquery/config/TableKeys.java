package io.catalogconnect.bigquery.config;

import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.SchemaEvolution;
import io.catalogconnect.bigquery.table.TableRouter;
import io.catalogconnect.bigquery.table.TableRules;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Keys for the tables of topics and for the layout of new tables. */
final class TableKeys {

    private static final int MAX_CLUSTERING_FIELDS = 4;

    static final Setting<Map<String, String>> TABLES = pairs(
                    "tables",
                    "([^:\\s]+):(" + Names.TABLE + ")",
                    "topic:table, with a table name of letters, digits and underscores")
            .described(
                    Importance.HIGH,
                    "Tables",
                    "Table of each topic, as `topic:table` entries. Several topics may share a table. A topic"
                            + " without an entry is written to the table of the same name, in which an underscore"
                            + " replaces each character that BigQuery does not permit. The topic of a record is its"
                            + " topic after the transformations of this connector.");
    private static final Setting<List<String>> ALLOWED = Setting.list(
                    "tables.allowed",
                    "table names; an asterisk matches any characters",
                    Names.form("[A-Za-z0-9_*]+", "each entry must be a table name, with * for any characters")
                            .andThen(Matcher::group))
            .described(
                    Importance.MEDIUM,
                    "Permitted tables",
                    "Names of the tables that the connector may write to. `*` matches any characters. Empty: all"
                            + " tables of the dataset. Set it in templates for connectors, so that a team cannot"
                            + " write to another team's tables. Names that start with `_catalog_connect_` are never"
                            + " permitted.");
    private static final Setting<Boolean> CREATE = Setting.flag("table.create", true)
            .described(
                    Importance.MEDIUM,
                    "Create tables",
                    "Whether a missing table is created from the schema of its first record.");
    private static final Setting<SchemaEvolution> EVOLUTION = Setting.word("schema.evolution", SchemaEvolution.NONE)
            .described(
                    Importance.MEDIUM,
                    "Schema evolution",
                    "Changes that the connector may make to a table that does not fit a record's schema: none (`none`); new"
                            + " columns are added (`add`); new columns are added and required columns become nullable"
                            + " (`relax`); in addition an INT64, NUMERIC or BIGNUMERIC column is changed to a wider type"
                            + " of a record's field, NUMERIC, BIGNUMERIC or FLOAT64 (`widen`). A record that still does not fit fails the task, or is rejected with"
                            + " `errors.tolerance=all`.");
    static final Setting<Partitioning.Unit> PARTITION_TYPE = Setting.word("partition.type", Partitioning.Unit.DAY)
            .described(
                    Importance.HIGH,
                    "Partitions",
                    "Span of one partition of a new table: an hour, a day, a month, a year, a range of integers"
                            + " (`range`), or the whole table (`none`).");
    static final Setting<Optional<String>> PARTITION_FIELD = Names.flexibleColumn("partition.field")
            .optional()
            .described(
                    Importance.HIGH,
                    "Partition column",
                    "Column that determines a row's partition: a DATE, DATETIME or TIMESTAMP column, or an INT64"
                            + " column with `partition.type=range`. Required unless `partition.type=none`. With"
                            + " `write.mode=append` and `delivery.guarantee=at-least-once` it may be empty: the table is"
                            + " then partitioned by ingestion time.");
    private static final Setting<Optional<Partitioning.Range>> PARTITION_RANGE = Setting.parsed(
                    "partition.range", "start:end:interval", TableKeys::range)
            .optional()
            .described(
                    Importance.LOW,
                    "Partition range",
                    "Range of an integer-partitioned table as `start:end:interval`, without the end itself."
                            + " Required with `partition.type=range`.");
    private static final Setting<Optional<Duration>> PARTITION_EXPIRATION = Setting.millisOrUnlimited(
                    "partition.expiration.ms", -1, Long.MAX_VALUE)
            .wide(Width.MEDIUM)
            .described(
                    Importance.MEDIUM,
                    "Partition expiration",
                    "Age in milliseconds, counted from its date, at which BigQuery deletes a partition of a new"
                            + " table. -1: never.");
    static final Setting<Boolean> PARTITION_FILTER_REQUIRED = Setting.flag("partition.filter.required", false)
            .described(
                    Importance.LOW,
                    "Partition filter required",
                    "Whether queries of a new table must filter by the partition column.");
    private static final Setting<List<String>> CLUSTERING_FIELDS = Setting.list(
                    "clustering.fields",
                    "column names, at most " + MAX_CLUSTERING_FIELDS,
                    entry -> Names.form(Names.FLEXIBLE_COLUMN, "each entry must be a column name")
                            .apply(entry)
                            .group())
            .map(TableKeys::atMostFour)
            .described(
                    Importance.MEDIUM,
                    "Clustering",
                    "Columns by which BigQuery sorts the rows of a partition of a new table: at most "
                            + MAX_CLUSTERING_FIELDS + ", the most important first.");
    private static final Setting<Map<String, String>> LABELS = pairs(
                    "table.labels",
                    "([a-z][a-z0-9_-]{0,62}):([a-z0-9_-]{0,63})",
                    "key:value of lower-case letters, digits, underscores and hyphens")
            .described(
                    Importance.LOW,
                    "Labels",
                    "Labels of a new table as `key:value` entries of lower-case letters, digits, underscores and hyphens.");
    private static final Setting<String> DESCRIPTION = Setting.parsed(
                    "table.description", "at most " + Descriptions.MAX_TABLE + " characters", TableKeys::description)
            .defaultsTo("")
            .wide(Width.LONG)
            .described(
                    Importance.LOW,
                    "Description",
                    "Description of a new table. Empty: the doc of its first record's schema.");

    private TableKeys() {}

    static SettingsTable.Builder addTo(SettingsTable.Builder table) {
        return table.group(
                        "Tables",
                        TABLES,
                        ALLOWED,
                        CREATE,
                        EVOLUTION,
                        PARTITION_TYPE,
                        PARTITION_FIELD,
                        PARTITION_RANGE,
                        PARTITION_EXPIRATION,
                        PARTITION_FILTER_REQUIRED,
                        CLUSTERING_FIELDS,
                        LABELS,
                        DESCRIPTION)
                .check(TableKeys::checkRange);
    }

    /** @param internal the connector's own tables */
    static TableRouter router(Settings settings, Set<String> internal, Optional<String> historySuffix) {
        return new TableRouter(settings.get(TABLES), new TableRules(internal, historySuffix, settings.get(ALLOWED)));
    }

    static boolean createsTables(Settings settings) {
        return settings.get(CREATE);
    }

    static SchemaEvolution evolution(Settings settings) {
        return settings.get(EVOLUTION);
    }

    static Partitioning partitioning(Settings settings) {
        Partitioning.Unit unit = settings.get(PARTITION_TYPE);
        return unit == Partitioning.Unit.NONE
                ? Partitioning.NONE
                : new Partitioning(
                        unit,
                        settings.get(PARTITION_FIELD),
                        settings.get(PARTITION_EXPIRATION),
                        settings.get(PARTITION_FILTER_REQUIRED),
                        settings.get(PARTITION_RANGE));
    }

    static List<String> clustering(Settings settings) {
        return settings.get(CLUSTERING_FIELDS);
    }

    static Map<String, String> labels(Settings settings) {
        return settings.get(LABELS);
    }

    static String description(Settings settings) {
        return settings.get(DESCRIPTION);
    }

    private static void checkRange(Settings settings, Problems problems) {
        Partitioning.Unit type = settings.get(PARTITION_TYPE);
        boolean needed = type == Partitioning.Unit.RANGE;
        if (needed && settings.get(PARTITION_RANGE).isEmpty()) {
            problems.add(
                    PARTITION_RANGE, "is required with " + PARTITION_TYPE + "=range. Set it to start:end:interval");
        } else if (!needed && settings.get(PARTITION_RANGE).isPresent() && type != Partitioning.Unit.NONE) {
            problems.add(PARTITION_RANGE, "has no effect without " + PARTITION_TYPE + "=range. Remove one of the two");
        }
    }

    private static Partitioning.Range range(String text) {
        Matcher parts = Names.form(
                        "(-?\\d{1,18}):(-?\\d{1,18}):(\\d{1,18})",
                        "it must be start:end:interval, for example 0:100000:1000")
                .apply(text);
        return new Partitioning.Range(
                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    private static List<String> atMostFour(List<String> columns) {
        if (columns.size() > MAX_CLUSTERING_FIELDS) {
            throw new IllegalArgumentException("it must name at most " + MAX_CLUSTERING_FIELDS + " columns");
        }
        return columns;
    }

    private static String description(String text) {
        if (text.length() > Descriptions.MAX_TABLE) {
            throw new IllegalArgumentException(
                    "it has " + text.length() + " characters; BigQuery accepts at most " + Descriptions.MAX_TABLE);
        }
        return text;
    }

    private static Setting<Map<String, String>> pairs(String key, String form, String accepted) {
        return Setting.list(key, accepted, Names.form(form, "each entry must be " + accepted))
                .map(entries -> {
                    Map<String, String> pairs = new LinkedHashMap<>();
                    entries.forEach(parts -> pairs.put(parts.group(1), parts.group(2)));
                    return pairs;
                });
    }
}
