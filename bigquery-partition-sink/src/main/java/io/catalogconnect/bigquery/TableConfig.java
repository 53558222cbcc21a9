package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.SchemaEvolution;
import io.catalogconnect.bigquery.table.TableRouter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** The keys that say which tables there are and how they are made. */
final class TableConfig {

    static final String TABLES = "tables";
    static final String CREATE = "table.create";
    static final String EVOLUTION = "schema.evolution";
    static final String PARTITION_TYPE = "partition.type";
    static final String PARTITION_FIELD = "partition.field";
    static final String PARTITION_RANGE = "partition.range";
    static final String PARTITION_EXPIRATION_MS = "partition.expiration.ms";
    static final String PARTITION_FILTER_REQUIRED = "partition.filter.required";
    static final String CLUSTERING_FIELDS = "clustering.fields";
    static final String LABELS = "table.labels";
    static final String DESCRIPTION = "table.description";

    private static final String GROUP = "Tables";
    private static final int MAX_CLUSTERING_FIELDS = 4;
    private static final Pattern MAPPING = Pattern.compile("([^:\\s]+):([A-Za-z0-9_]{1,1024})");
    private static final Pattern LABEL = Pattern.compile("([a-z][a-z0-9_-]{0,62}):([a-z0-9_-]{0,63})");
    private static final Pattern RANGE = Pattern.compile("(-?\\d+):(-?\\d+):(\\d+)");
    static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private TableConfig() {}

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                TABLES,
                ConfigDef.Type.LIST,
                List.of(),
                Validators.each("topic:table, ...", TableConfig::mapping),
                Importance.HIGH,
                "Which topic goes to which table, as `topic:table` entries. Several topics may go to one table. A topic"
                        + " without an entry goes to the table of its own name, with every character that BigQuery does"
                        + " not take replaced by an underscore. The topic is the one that transformations left.",
                GROUP,
                ++order,
                Width.LONG,
                "Tables");
        def.define(
                CREATE,
                ConfigDef.Type.BOOLEAN,
                true,
                Importance.MEDIUM,
                "Whether a table that does not exist is made from the schema of its first record.",
                GROUP,
                ++order,
                Width.SHORT,
                "Create tables");
        def.define(
                EVOLUTION,
                ConfigDef.Type.STRING,
                "none",
                Validators.oneOf(SchemaEvolution.class),
                Importance.MEDIUM,
                "What is done to a table that a record's schema does not fit: nothing, and the task stops (`none`); new"
                        + " columns are added (`add`); and required columns become nullable too (`relax`).",
                GROUP,
                ++order,
                Width.SHORT,
                "Schema evolution");
        def.define(
                PARTITION_TYPE,
                ConfigDef.Type.STRING,
                "day",
                Validators.oneOf(Partitioning.Unit.class),
                Importance.HIGH,
                "What one partition of a new table spans: an hour, a day, a month, a year, a range of integers, or all"
                        + " of the table (`none`).",
                GROUP,
                ++order,
                Width.SHORT,
                "Partitions");
        def.define(
                PARTITION_FIELD,
                ConfigDef.Type.STRING,
                "",
                Validators.matching(COLUMN, "a column's name"),
                Importance.HIGH,
                "The column that decides a row's partition: a DATE, DATETIME or TIMESTAMP, an INT64 with"
                        + " `partition.type=range`. Needed unless `partition.type=none`; with `delivery.guarantee=at-least-once` it may be left out, and rows land in the partition of the moment they arrive.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Partition column");
        def.define(
                PARTITION_RANGE,
                ConfigDef.Type.STRING,
                "",
                Validators.resolved("start:end:interval", TableConfig::range),
                Importance.LOW,
                "Bounds of integer partitions as `start:end:interval`, end excluded, with `partition.type=range`.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Partition range");
        def.define(
                PARTITION_EXPIRATION_MS,
                ConfigDef.Type.LONG,
                -1L,
                Range.atLeast(-1),
                Importance.MEDIUM,
                "How long a partition of a new table lives, in milliseconds after its date; -1 for ever.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Partition expiration");
        def.define(
                PARTITION_FILTER_REQUIRED,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.LOW,
                "Whether queries of a new table must say which partitions they want.",
                GROUP,
                ++order,
                Width.SHORT,
                "Partition filter required");
        def.define(
                CLUSTERING_FIELDS,
                ConfigDef.Type.LIST,
                List.of(),
                Validators.each("columns, at most " + MAX_CLUSTERING_FIELDS, TableConfig::column),
                Importance.MEDIUM,
                "Columns by which rows of a new table are sorted inside a partition, most important first, at most "
                        + MAX_CLUSTERING_FIELDS + ".",
                GROUP,
                ++order,
                Width.LONG,
                "Clustering");
        def.define(
                LABELS,
                ConfigDef.Type.LIST,
                List.of(),
                Validators.each("key:value, ...", TableConfig::label),
                Importance.LOW,
                "Labels of a new table as `key:value` entries: lower-case letters, digits, underscores and hyphens.",
                GROUP,
                ++order,
                Width.LONG,
                "Labels");
        def.define(
                DESCRIPTION,
                ConfigDef.Type.STRING,
                "",
                Validators.resolved("at most " + Descriptions.MAX_TABLE + " characters", TableConfig::description),
                Importance.LOW,
                "What a new table says of itself. Where this is empty, it is the doc of its first record's schema.",
                GROUP,
                ++order,
                Width.LONG,
                "Description");
    }

    static Map<String, String> labels(AbstractConfig config) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String entry : config.getList(LABELS)) {
            Matcher parts = label(entry);
            labels.put(parts.group(1), parts.group(2));
        }
        return labels;
    }

    static TableRouter router(AbstractConfig config) {
        Map<String, String> tables = new LinkedHashMap<>();
        for (String entry : config.getList(TABLES)) {
            Matcher parts = mapping(entry);
            tables.put(parts.group(1), parts.group(2));
        }
        return new TableRouter(tables);
    }

    static Partitioning partitioning(AbstractConfig config) {
        Partitioning.Unit unit = Validators.parse(Partitioning.Unit.class, config.getString(PARTITION_TYPE));
        if (unit == Partitioning.Unit.NONE) {
            return Partitioning.NONE;
        }
        String range = config.getString(PARTITION_RANGE);
        long expiration = config.getLong(PARTITION_EXPIRATION_MS);
        return new Partitioning(
                unit,
                Optional.of(config.getString(PARTITION_FIELD)).filter(field -> !field.isEmpty()),
                expiration < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(expiration)),
                config.getBoolean(PARTITION_FILTER_REQUIRED),
                unit == Partitioning.Unit.RANGE ? Optional.of(range(range)) : Optional.empty());
    }

    /** What single keys cannot tell: reports key and message. */
    static void checkTogether(Map<String, @Nullable Object> values, BiConsumer<String, String> error) {
        Object type = values.get(PARTITION_TYPE);
        boolean fieldMissing = ServiceConfig.isEmpty(values.get(PARTITION_FIELD));
        if ("none".equals(type)) {
            if (!fieldMissing) {
                error.accept(PARTITION_FIELD, "has no meaning with " + PARTITION_TYPE + "=none; remove one of the two");
            }
            return;
        }
        boolean exactlyOnce = !"at-least-once".equals(values.get(WriteConfig.DELIVERY_GUARANTEE));
        if (fieldMissing && "range".equals(type)) {
            error.accept(PARTITION_FIELD, "is needed with " + PARTITION_TYPE + "=range");
        } else if (fieldMissing && exactlyOnce) {
            error.accept(
                    PARTITION_FIELD,
                    "is needed with " + PARTITION_TYPE + "=" + type
                            + ": rows that land in the partition of their arrival cannot be written exactly once. Name a"
                            + " column, or set " + WriteConfig.DELIVERY_GUARANTEE + "=at-least-once");
        }
        boolean rangeMissing = ServiceConfig.isEmpty(values.get(PARTITION_RANGE));
        if ("range".equals(type) == rangeMissing) {
            error.accept(
                    PARTITION_RANGE,
                    rangeMissing
                            ? "is needed with " + PARTITION_TYPE + "=range"
                            : "has a meaning with " + PARTITION_TYPE + "=range only; remove it");
        }
        if (values.get(CLUSTERING_FIELDS) instanceof List<?> fields && fields.size() > MAX_CLUSTERING_FIELDS) {
            error.accept(
                    CLUSTERING_FIELDS,
                    "names " + fields.size() + " columns; BigQuery takes at most " + MAX_CLUSTERING_FIELDS);
        }
    }

    private static Matcher mapping(String entry) {
        Matcher parts = MAPPING.matcher(entry.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "must be topic:table, where the table's name has letters, digits and underscores only");
        }
        return parts;
    }

    private static Partitioning.Range range(String text) {
        Matcher parts = RANGE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be start:end:interval, 0:100000:1000 for instance");
        }
        return new Partitioning.Range(
                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    private static Matcher label(String entry) {
        Matcher parts = LABEL.matcher(entry.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "must be key:value of lower-case letters, digits, underscores and hyphens");
        }
        return parts;
    }

    private static void description(String text) {
        if (text.length() > Descriptions.MAX_TABLE) {
            throw new IllegalArgumentException(
                    "has " + text.length() + " characters; BigQuery takes at most " + Descriptions.MAX_TABLE);
        }
    }

    private static void column(String name) {
        if (!COLUMN.matcher(name.strip()).matches()) {
            throw new IllegalArgumentException("must be a column's name");
        }
    }
}
