package io.catalogconnect.bigquery.config;

import io.catalogconnect.bigquery.convert.ConversionRules;
import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.convert.IntegerTimeUnit;
import io.catalogconnect.bigquery.record.HeaderColumns;
import io.catalogconnect.bigquery.table.ColumnNaming;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.PolicyTags;
import io.catalogconnect.bigquery.table.SchemaEvolution;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Keys for the columns besides those of the record's value, and for the descriptions of columns. */
final class ColumnKeys {

    private static final String PATH = Names.COLUMN + "(?:\\." + Names.COLUMN + ")*";
    private static final String TAG = "none|projects/[^/]+/locations/[^/]+/taxonomies/[^/]+/policyTags/[^/]+";

    private static final Setting<List<HeaderColumns.HeaderColumn>> HEADER_COLUMNS = Setting.list(
                    "header.columns", "header:column or header:column:type", HeaderColumns.HeaderColumn::parse)
            .described(
                    Importance.MEDIUM,
                    "Header columns",
                    "Headers that become nullable columns, as `header:column` or `header:column:type` entries. The"
                            + " type is string, int64, float64, bool, date or timestamp. Without a type, an existing"
                            + " column keeps its type. A new one is int64 if the header of the first record is an"
                            + " integer, and string otherwise.");
    private static final Setting<Optional<String>> TIMESTAMP_COLUMN = Names.column("timestamp.column")
            .optional()
            .defaultsTo("_kafka_timestamp")
            .described(
                    Importance.MEDIUM,
                    "Timestamp column",
                    "TIMESTAMP column for the record's timestamp. It may be the partition column. The connector"
                            + " also uses it to detect a recreated topic: the task then fails, instead of skipping"
                            + " the new topic's records as already written. Empty: there is no such column and no"
                            + " such check.");
    private static final Setting<Map<String, String>> DESCRIPTIONS = Setting.parsed(
                    "column.descriptions", "column: description; ...", ColumnKeys::parse)
            .defaultsTo("")
            .wide(Width.LONG)
            .described(
                    Importance.LOW,
                    "Column descriptions",
                    "Descriptions of new columns, as `column: description` entries separated by semicolons. The"
                            + " name of a column inside a struct is `outer.inner`. A column without an entry gets the"
                            + " doc of its field's schema as description, or else the parameter `description` of that"
                            + " schema, cut after " + Descriptions.MAX_COLUMN
                            + " characters.");

    private static final Setting<PolicyTags> POLICY_TAGS = Setting.parsed(
                    "column.policy.tags", "column: tag; ...", ColumnKeys::tags)
            .defaultsTo("")
            .wide(Width.LONG)
            .described(
                    Importance.LOW,
                    "Policy tags",
                    "Policy tags of columns, as `column: tag` entries separated by semicolons. A tag is"
                            + " `projects/P/locations/L/taxonomies/T/policyTags/ID`, or `none` to remove the column's"
                            + " tag. The name of a column inside a struct is `outer.inner`. The tags of columns"
                            + " without an entry are not changed. With `write.mode=replace`, the history has the same"
                            + " tags as the published table.");

    private static final Setting<IntegerTimeUnit> INTEGER_TIME_UNIT = Setting.word(
                    "integer.time.unit", IntegerTimeUnit.MILLIS)
            .described(
                    Importance.LOW,
                    "Unit of integer times",
                    "Unit of integers that are written to existing TIMESTAMP, DATETIME and TIME columns: `millis` or"
                            + " `micros`, since 1970 or since midnight. Schemas of Connect's and Debezium's time types"
                            + " have their own unit, and integers in DATE columns are days since 1970.");

    private static final Setting<VariableDecimals> VARIABLE_DECIMALS = Setting.word(
                    "variable.scale.decimals", VariableDecimals.BIGNUMERIC)
            .described(
                    Importance.MEDIUM,
                    "Decimals of variable scale",
                    "Type of new columns for Debezium's `VariableScaleDecimal`: `numeric`, `bignumeric` or `string`. A"
                            + " number that has too many digits for the column is rejected. An existing column keeps its"
                            + " type, also STRUCT.");
    private static final Setting<ColumnNaming> NAMES = Setting.word("column.names", ColumnNaming.ASCII)
            .described(
                    Importance.MEDIUM,
                    "Column names",
                    "Characters of column names: `ascii` for ASCII letters, digits and underscores, or `flexible` for"
                            + " letters and digits of any script, blanks, and `-&%=+:'<>#|`. Other characters are"
                            + " replaced by underscores. Set `flexible` for new tables only: fields whose names change"
                            + " get new columns in existing tables.");

    private enum VariableDecimals {
        NUMERIC,
        BIGNUMERIC,
        STRING
    }

    private ColumnKeys() {}

    static SettingsTable.Builder addTo(SettingsTable.Builder table) {
        return table.group(
                "Columns",
                HEADER_COLUMNS,
                TIMESTAMP_COLUMN,
                DESCRIPTIONS,
                POLICY_TAGS,
                INTEGER_TIME_UNIT,
                VARIABLE_DECIMALS,
                NAMES);
    }

    static HeaderColumns headerColumns(Settings settings) {
        return new HeaderColumns(settings.get(HEADER_COLUMNS), timestampColumn(settings));
    }

    /** The column of the record's timestamp; empty for none. */
    static String timestampColumn(Settings settings) {
        return settings.get(TIMESTAMP_COLUMN).orElse("");
    }

    static ColumnNaming naming(Settings settings) {
        return settings.get(NAMES);
    }

    static ConversionRules conversion(Settings settings, SchemaEvolution evolution) {
        return new ConversionRules(
                settings.get(INTEGER_TIME_UNIT),
                ColumnType.valueOf(settings.get(VARIABLE_DECIMALS).name()),
                naming(settings),
                evolution == SchemaEvolution.WIDEN);
    }

    static Map<String, String> descriptions(Settings settings) {
        return settings.get(DESCRIPTIONS);
    }

    static PolicyTags policyTags(Settings settings) {
        return settings.get(POLICY_TAGS);
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> descriptions = entries(text, "description", "\\S.*");
        descriptions.forEach((column, description) -> {
            if (description.length() > Descriptions.MAX_COLUMN) {
                throw new IllegalArgumentException("the description of " + column + " has " + description.length()
                        + " characters; BigQuery accepts at most " + Descriptions.MAX_COLUMN);
            }
        });
        return descriptions;
    }

    private static PolicyTags tags(String text) {
        Map<String, String> tags = entries(text, "tag", TAG);
        tags.replaceAll((column, tag) -> tag.equals("none") ? "" : tag);
        return new PolicyTags(tags);
    }

    /** Entries of the form {@code column: value}, separated by semicolons. */
    private static Map<String, String> entries(String text, String value, String form) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String entry : text.split(";", -1)) {
            if (!entry.isBlank()) {
                Matcher parts = Names.form(
                                "(" + PATH + ")\\s*:\\s*(" + form + ")",
                                "'" + entry.strip() + "' must have the form 'column: " + value
                                        + "'; semicolons separate entries")
                        .apply(entry.strip());
                entries.put(parts.group(1), parts.group(2));
            }
        }
        return entries;
    }
}
