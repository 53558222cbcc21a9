package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.object.ObjectKeyPattern;
import io.catalogconnect.s3csv.read.BadRows;
import io.catalogconnect.s3csv.read.ObjectFormat;
import io.catalogconnect.s3csv.record.Column;
import io.catalogconnect.s3csv.record.ColumnParser;
import io.catalogconnect.s3csv.record.RowPolicy;
import io.catalogconnect.s3csv.record.RowSchema;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** The settings that say what a row becomes, and what becomes of one that does not fit. */
final class RecordOptions {

    static final String COLUMNS = "columns";
    static final String RECORD_NAME = "record.name";
    static final String DATE_PATTERN = "file.date.pattern";
    static final String DATE_COLUMN = "file.date.column";
    static final String NULL_VALUES = "null.values";
    static final String TRIM = "trim";
    static final String COLUMNS_MISSING = "columns.missing";
    static final String COLUMNS_EXTRA = "columns.extra";
    static final String ROWS_SHORT = "rows.short";
    static final String ROWS_LONG = "rows.long";
    static final String BAD_ROWS = "bad.rows";
    static final String BAD_ROWS_TOPIC = "bad.rows.topic";
    static final String BAD_ROWS_MAX = "bad.rows.max";
    static final String BAD_ROWS_RATIO = "bad.rows.max.ratio";
    static final String BAD_ROWS_RATIO_FROM = "bad.rows.max.ratio.from";
    static final String BAD_OBJECTS = "bad.objects";

    private static final String GROUP = "Records";
    private static final String BAD_GROUP = "Bad rows";

    private final AbstractConfig config;

    RecordOptions(AbstractConfig config) {
        this.config = config;
    }

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                COLUMNS,
                ConfigDef.Type.STRING,
                "",
                Validators.accepted("name:type or name:type?, separated by commas", ColumnParser::parse),
                Importance.HIGH,
                "The columns and their types, as in brand:string,category_id:int64,comment:string?. With ? an empty cell is"
                        + " null. Types: string, int32, int64, float64, boolean, decimal(p,s), date, date(pattern),"
                        + " timestamp, timestamp(pattern;zone), bytes (base64). Empty: every column of the header is a"
                        + " nullable string.",
                GROUP,
                ++order,
                Width.LONG,
                "Columns");
        def.define(
                RECORD_NAME,
                ConfigDef.Type.STRING,
                "io.catalogconnect.Row",
                Validators.notBlank(),
                Importance.MEDIUM,
                "The name of the records' schema.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Record name");
        def.define(
                DATE_PATTERN,
                ConfigDef.Type.STRING,
                "",
                Validators.accepted("a regular expression with a group named date", ObjectKeyPattern::of),
                Importance.MEDIUM,
                "Where the file's date stands in an object's key, as in dt=(?<date>\\d{4}-\\d{2}-\\d{2}). A key without it"
                        + " gets the day, in UTC, on which the object was last modified.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "File date pattern");
        def.define(
                DATE_COLUMN,
                ConfigDef.Type.STRING,
                "",
                Validators.resolved(),
                Importance.MEDIUM,
                "The field with the file's date. Empty for none.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "File date column");
        def.define(
                NULL_VALUES,
                ConfigDef.Type.LIST,
                List.of(),
                Validators.resolved(),
                Importance.LOW,
                "Cells that mean null, besides the empty one, as in NULL,n/a.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Null values");
        def.define(
                TRIM,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.LOW,
                "True takes the blanks around a cell away.",
                GROUP,
                ++order,
                Width.SHORT,
                "Trim");
        def.define(
                COLUMNS_MISSING,
                ConfigDef.Type.STRING,
                "fail",
                Validators.oneOf("fail", "null"),
                Importance.LOW,
                "What a file is whose header lacks a nullable column: fail makes it bad, null reads the column as null.",
                GROUP,
                ++order,
                Width.SHORT,
                "Missing columns");
        def.define(
                COLUMNS_EXTRA,
                ConfigDef.Type.STRING,
                "ignore",
                Validators.oneOf("ignore", "fail"),
                Importance.LOW,
                "What a file is whose header has a column that is not declared: ignore leaves the column out, fail makes"
                        + " the file bad.",
                GROUP,
                ++order,
                Width.SHORT,
                "Extra columns");
        def.define(
                ROWS_SHORT,
                ConfigDef.Type.STRING,
                "bad",
                Validators.oneOf("bad", "null"),
                Importance.LOW,
                "What a row with too few cells is: bad, or null in the nullable columns it lacks.",
                GROUP,
                ++order,
                Width.SHORT,
                "Short rows");
        def.define(
                ROWS_LONG,
                ConfigDef.Type.STRING,
                "bad",
                Validators.oneOf("bad", "cut"),
                Importance.LOW,
                "What a row with too many cells is: bad, or cut behind the last column.",
                GROUP,
                ++order,
                Width.SHORT,
                "Long rows");
        order = 0;
        def.define(
                BAD_ROWS,
                ConfigDef.Type.STRING,
                "fail",
                Validators.oneOf("fail", "skip", "topic"),
                Importance.HIGH,
                "What becomes of a row that does not fit: fail stops the task in front of it, skip leaves it out with a"
                        + " message, topic sends it to " + BAD_ROWS_TOPIC + ". No other row is lost.",
                BAD_GROUP,
                ++order,
                Width.SHORT,
                "Bad rows");
        def.define(
                BAD_ROWS_TOPIC,
                ConfigDef.Type.STRING,
                "",
                Validators.resolved(),
                Importance.MEDIUM,
                "The topic for bad rows: the value is the row's own bytes, the headers say where it stood and what is"
                        + " wrong with it.",
                BAD_GROUP,
                ++order,
                Width.MEDIUM,
                "Bad rows topic");
        def.define(
                BAD_ROWS_MAX,
                ConfigDef.Type.LONG,
                -1L,
                ConfigDef.Range.atLeast(-1),
                Importance.LOW,
                "An object with more bad rows than this is bad as a whole; -1 for no limit.",
                BAD_GROUP,
                ++order,
                Width.SHORT,
                "Most bad rows");
        def.define(
                BAD_ROWS_RATIO,
                ConfigDef.Type.DOUBLE,
                1.0,
                ConfigDef.Range.between(0, 1),
                Importance.LOW,
                "An object of whose rows a larger part than this is bad, as 0.1 for a tenth, is bad as a whole. It is"
                        + " looked at with each bad row from row " + BAD_ROWS_RATIO_FROM + " on, and at the object's"
                        + " end; 1 for no limit.",
                BAD_GROUP,
                ++order,
                Width.SHORT,
                "Most bad rows, in part");
        def.define(
                BAD_ROWS_RATIO_FROM,
                ConfigDef.Type.LONG,
                1_000L,
                ConfigDef.Range.atLeast(1),
                Importance.LOW,
                "From which row on " + BAD_ROWS_RATIO
                        + " counts before the object's end, so that the first rows alone do" + " not stop it.",
                BAD_GROUP,
                ++order,
                Width.SHORT,
                "Part counts from");
        def.define(
                BAD_OBJECTS,
                ConfigDef.Type.STRING,
                "fail",
                Validators.oneOf("fail", "skip"),
                Importance.MEDIUM,
                "What becomes of an object that is wrong as a whole, as when its header lacks a column: fail stops the"
                        + " task, skip leaves out the rest of it with a message: until the task starts again, or for good"
                        + " when a watermark (" + DeliveryOptions.LATE_WINDOW + ") has passed it.",
                BAD_GROUP,
                ++order,
                Width.SHORT,
                "Bad objects");
    }

    ObjectFormat format(CsvOptions csv, DeliveryOptions delivery) {
        List<Column> columns = ColumnParser.parse(config.getString(COLUMNS));
        if (columns.isEmpty() && !csv.hasHeader()) {
            throw new InvalidSettingException(
                    COLUMNS, "is empty. " + CsvOptions.HEADER + "=absent needs the columns' names");
        }
        String dateColumn = config.getString(DATE_COLUMN).isBlank() ? null : config.getString(DATE_COLUMN);
        try {
            RowSchema.of(config.getString(RECORD_NAME), columns, dateColumn);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(DATE_COLUMN, "does not fit: " + e.getMessage());
        }
        return new ObjectFormat(
                csv.dialect(),
                csv.hasHeader(),
                columns,
                config.getString(RECORD_NAME),
                dateColumn,
                ObjectKeyPattern.of(config.getString(DATE_PATTERN)),
                new RowPolicy(
                        is(COLUMNS_MISSING, "null"),
                        is(COLUMNS_EXTRA, "fail"),
                        is(ROWS_SHORT, "null"),
                        is(ROWS_LONG, "cut"),
                        config.getBoolean(TRIM),
                        config.getList(NULL_VALUES)),
                new BadRows(
                        BadRows.Action.valueOf(config.getString(BAD_ROWS).toUpperCase(Locale.ROOT)),
                        config.getLong(BAD_ROWS_MAX),
                        config.getDouble(BAD_ROWS_RATIO),
                        config.getLong(BAD_ROWS_RATIO_FROM)),
                delivery.keyGroups(),
                delivery.eventsTopic() != null,
                delivery.endMarkers());
    }

    /** The topic for bad rows when they have one. */
    @Nullable
    String badRowsTopic() {
        if (!is(BAD_ROWS, "topic")) {
            return null;
        }
        String topic = config.getString(BAD_ROWS_TOPIC);
        if (topic.isBlank()) {
            throw new InvalidSettingException(BAD_ROWS_TOPIC, "is empty. " + BAD_ROWS + "=topic needs it");
        }
        return topic;
    }

    boolean skipBadObjects() {
        return is(BAD_OBJECTS, "skip");
    }

    private boolean is(String key, String word) {
        return config.getString(key).toLowerCase(Locale.ROOT).equals(word);
    }
}
