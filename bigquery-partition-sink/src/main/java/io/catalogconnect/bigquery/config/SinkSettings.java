package io.catalogconnect.bigquery.config;

import io.catalogconnect.bigquery.client.Service;
import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.flow.FlowSettings;
import io.catalogconnect.bigquery.record.HeaderColumns;
import io.catalogconnect.bigquery.record.TableLayout;
import io.catalogconnect.bigquery.replace.ReplaceTables;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.TableRouter;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of a task.
 *
 * @param flow settings of the flow of records
 * @param service address of BigQuery and credentials
 * @param registryTable name of the registry's table
 * @param checkpointsTable name of the table of checkpoints
 * @param streamsPerSecond write streams that the task may create per second
 * @param timestampColumn column of the record's timestamp; empty for none
 * @param replaceTables names of histories and of the tables of versions and publications
 * @param published layout of the tables that users query; in append mode rows are appended to these
 */
public record SinkSettings(
        FlowSettings flow,
        Service service,
        String registryTable,
        String checkpointsTable,
        double streamsPerSecond,
        String timestampColumn,
        ReplaceTables replaceTables,
        TableLayout published) {

    private static final SettingsTable TABLE = table(SettingsTable.builder());

    /** All keys of the sink, for Connect. */
    public static ConfigDef definition() {
        return TABLE.definition();
    }

    /** Checks a configuration; each error stands at its key. */
    public static Config validate(Map<String, String> properties) {
        return TABLE.validate(properties);
    }

    /** A sentence for each key that neither the sink nor Connect uses. */
    public static List<String> unusedKeys(Map<String, String> properties) {
        return TABLE.unusedKeys(properties);
    }

    /**
     * Reads a configuration.
     *
     * @throws ConfigException that lists everything that is wrong
     */
    public static SinkSettings of(Map<String, String> properties) {
        Settings settings = TABLE.parse(properties);
        Descriptions descriptions = new Descriptions(
                TableKeys.description(settings), ColumnKeys.descriptions(settings), ColumnKeys.naming(settings));
        TableLayout published = new TableLayout(
                TableKeys.partitioning(settings),
                TableKeys.clustering(settings),
                TableKeys.labels(settings),
                descriptions,
                ColumnKeys.policyTags(settings));
        return new SinkSettings(
                flow(settings, published),
                ServiceKeys.read(settings),
                WriteKeys.registryTable(settings),
                WriteKeys.checkpointsTable(settings),
                WriteKeys.streamsPerSecond(settings),
                ColumnKeys.timestampColumn(settings),
                ReplaceKeys.tables(settings),
                published);
    }

    private static SettingsTable table(SettingsTable.Builder table) {
        ServiceKeys.addTo(table);
        TableKeys.addTo(table);
        ColumnKeys.addTo(table);
        WriteKeys.addTo(table);
        ReplaceKeys.addTo(table);
        UpsertKeys.addTo(table);
        return table.check(SinkSettings::checkPartitionColumn)
                .check(SinkSettings::checkReplaceGuarantee)
                .check(SinkSettings::checkReplaceUnit)
                .check(SinkSettings::checkTables)
                .keysOfOthers(KeysOfOtherConnectors.ADVICE)
                .build();
    }

    private static FlowSettings flow(Settings settings, TableLayout published) {
        boolean replaces = ReplaceKeys.replaces(settings);
        String name = settings.connectProperty("name");
        return new FlowSettings(
                name.isEmpty() ? "bigquery-partition-sink" : name,
                records(settings, published),
                settings.get(WriteKeys.GUARANTEE),
                WriteKeys.writer(settings, replaces),
                WriteKeys.retries(settings),
                WriteKeys.buffer(settings),
                replaces ? Optional.of(replace(settings)) : Optional.empty(),
                UpsertKeys.upserts(settings) ? Optional.of(UpsertKeys.rules(settings)) : Optional.empty());
    }

    private static FlowSettings.Records records(Settings settings, TableLayout published) {
        boolean replaces = ReplaceKeys.replaces(settings);
        HeaderColumns columns = ColumnKeys.headerColumns(settings);
        return new FlowSettings.Records(
                router(settings),
                tables(settings),
                replaces ? columns.withObjectColumns() : columns,
                ColumnKeys.conversion(settings, TableKeys.evolution(settings)),
                replaces ? ReplaceKeys.historyLayout(settings, published) : published,
                TableKeys.createsTables(settings),
                TableKeys.evolution(settings),
                WriteKeys.tombstones(settings));
    }

    private static FlowSettings.Replace replace(Settings settings) {
        boolean wholeTables = ReplaceKeys.replacesTables(settings);
        return new FlowSettings.Replace(
                wholeTables,
                wholeTables ? "" : settings.get(TableKeys.PARTITION_FIELD).orElse(""),
                ReplaceKeys.historyDays(settings),
                ReplaceKeys.tables(settings),
                ReplaceKeys.limits(settings, WriteKeys.takeOverTimeout(settings)));
    }

    private static TableRouter router(Settings settings) {
        ReplaceTables own = ReplaceKeys.tables(settings);
        return TableKeys.router(
                settings,
                Set.of(
                        WriteKeys.registryTable(settings),
                        WriteKeys.checkpointsTable(settings),
                        own.versions(),
                        own.publications()),
                ReplaceKeys.replaces(settings) ? Optional.of(own.historySuffix()) : Optional.empty());
    }

    /** The topics that the configuration names; transformations may still rename topics. */
    private static Set<String> topics(Settings settings) {
        Set<String> topics = topicsAsRead(settings);
        topics.addAll(settings.get(TableKeys.TABLES).keySet());
        return topics;
    }

    /** The topics that the connector reads, if the configuration lists them and no transformation may rename them. */
    private static Set<String> topicsAsRead(Settings settings) {
        if (!settings.connectProperty("transforms").isBlank()) {
            return new TreeSet<>();
        }
        return Stream.of(settings.connectProperty("topics").split(",", -1))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tables that the connector will write, as far as the configuration says, with their histories in replace mode. */
    private static Set<String> tables(Settings settings) {
        TableRouter router = router(settings);
        Set<String> read = topicsAsRead(settings);
        Set<String> topics = read.isEmpty() ? topics(settings) : read;
        Set<String> tables = topics.stream().map(router::tableFor).collect(Collectors.toCollection(TreeSet::new));
        if (ReplaceKeys.replaces(settings)) {
            ReplaceTables own = ReplaceKeys.tables(settings);
            tables.addAll(tables.stream().map(own::history).toList());
        }
        return tables;
    }

    private static void checkTables(Settings settings, Problems problems) {
        TableRouter router = router(settings);
        topics(settings).forEach(topic -> {
            try {
                router.tableFor(topic);
            } catch (ConfigException e) {
                problems.add(TableKeys.TABLES, "cannot be used: " + e.getMessage());
            }
        });
    }

    private static void checkPartitionColumn(Settings settings, Problems problems) {
        Partitioning.Unit type = settings.get(TableKeys.PARTITION_TYPE);
        boolean missing = settings.get(TableKeys.PARTITION_FIELD).isEmpty();
        if (type == Partitioning.Unit.NONE) {
            if (!missing) {
                problems.add(
                        TableKeys.PARTITION_FIELD,
                        "has no effect with " + TableKeys.PARTITION_TYPE + "=none. Remove one of the two");
            }
        } else if (missing && type == Partitioning.Unit.RANGE) {
            problems.add(
                    TableKeys.PARTITION_FIELD,
                    "is required with " + TableKeys.PARTITION_TYPE + "=range. Set it to an INT64 column");
        } else if (missing && UpsertKeys.upserts(settings)) {
            problems.add(
                    TableKeys.PARTITION_FIELD,
                    "is required unless " + TableKeys.PARTITION_TYPE + "=none. Set one of the two");
        } else if (missing && settings.get(WriteKeys.GUARANTEE) == FlowSettings.Guarantee.EXACTLY_ONCE) {
            problems.add(
                    TableKeys.PARTITION_FIELD,
                    "is required with " + WriteKeys.GUARANTEE
                            + "=exactly-once, because rows that are partitioned by the"
                            + " time of their arrival cannot be written exactly once. Set it to a column, or set "
                            + WriteKeys.GUARANTEE + "=at-least-once");
        }
    }

    private static void checkReplaceGuarantee(Settings settings, Problems problems) {
        if (ReplaceKeys.replaces(settings)
                && settings.get(WriteKeys.GUARANTEE) != FlowSettings.Guarantee.EXACTLY_ONCE) {
            problems.add(
                    ReplaceKeys.MODE,
                    "is replace, which requires " + WriteKeys.GUARANTEE
                            + "=exactly-once: otherwise the sink cannot determine when a version is complete. Set it, or "
                            + ReplaceKeys.MODE + "=append");
        }
    }

    private static void checkReplaceUnit(Settings settings, Problems problems) {
        if (ReplaceKeys.replaces(settings)
                && !ReplaceKeys.replacesTables(settings)
                && settings.get(TableKeys.PARTITION_TYPE) != Partitioning.Unit.DAY) {
            problems.add(
                    ReplaceKeys.UNIT,
                    "is partition, which requires " + TableKeys.PARTITION_TYPE
                            + "=day: an object has a date, and a job replaces a whole partition. Set it, or "
                            + ReplaceKeys.UNIT + "=table");
        }
    }
}
