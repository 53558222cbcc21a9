package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.record.HeaderColumns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say which columns come besides those of the record's value, and what columns say of themselves. */
final class ColumnConfig {

    static final String HEADER_COLUMNS = "header.columns";
    static final String TIMESTAMP_COLUMN = "timestamp.column";
    static final String DESCRIPTIONS = "column.descriptions";

    private static final String GROUP = "Columns";
    private static final Pattern DESCRIPTION =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*)\\s*:\\s*(\\S.*)", Pattern.DOTALL);

    private ColumnConfig() {}

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                HEADER_COLUMNS,
                ConfigDef.Type.LIST,
                List.of(),
                Validators.each("header:column or header:column:type, ...", HeaderColumns.HeaderColumn::parse),
                Importance.MEDIUM,
                "Headers that become nullable columns, as `header:column` or `header:column:type` entries, where type is"
                        + " string, int64, float64, bool, date or timestamp. Without a type it is int64 where the first"
                        + " record's header is an integer, else string.",
                GROUP,
                ++order,
                Width.LONG,
                "Header columns");
        def.define(
                TIMESTAMP_COLUMN,
                ConfigDef.Type.STRING,
                "_kafka_timestamp",
                Validators.matching(TableConfig.COLUMN, "a column's name"),
                Importance.MEDIUM,
                "A TIMESTAMP column for the record's timestamp; it may be the partition column. It also tells a topic that"
                        + " was deleted and made again from one that is read again: the task stops instead of taking the"
                        + " new topic's records for written. Empty for no such column, and no such check.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Timestamp column");
        def.define(
                DESCRIPTIONS,
                ConfigDef.Type.STRING,
                "",
                Validators.resolved("column: description; ...", ColumnConfig::parseDescriptions),
                Importance.LOW,
                "What new columns say of themselves, as `column: description` entries separated by semicolons; a column"
                        + " inside a struct is `outer.inner`. Where a column has no entry, it is the doc of the field's"
                        + " schema, or its parameter `description`, cut after " + Descriptions.MAX_COLUMN
                        + " characters.",
                GROUP,
                ++order,
                Width.LONG,
                "Column descriptions");
    }

    static HeaderColumns extras(AbstractConfig config) {
        return new HeaderColumns(
                config.getList(HEADER_COLUMNS).stream()
                        .map(HeaderColumns.HeaderColumn::parse)
                        .toList(),
                config.getString(TIMESTAMP_COLUMN));
    }

    static Map<String, String> descriptions(AbstractConfig config) {
        return parseDescriptions(config.getString(DESCRIPTIONS));
    }

    private static Map<String, String> parseDescriptions(String text) {
        Map<String, String> descriptions = new LinkedHashMap<>();
        for (String entry : text.split(";", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            Matcher parts = DESCRIPTION.matcher(entry.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        "must be 'column: description' entries separated by semicolons, and '" + entry.strip()
                                + "' is none");
            }
            if (parts.group(2).length() > Descriptions.MAX_COLUMN) {
                throw new IllegalArgumentException("describes " + parts.group(1) + " with "
                        + parts.group(2).length() + " characters; BigQuery takes at most " + Descriptions.MAX_COLUMN);
            }
            descriptions.put(parts.group(1), parts.group(2));
        }
        return descriptions;
    }
}
