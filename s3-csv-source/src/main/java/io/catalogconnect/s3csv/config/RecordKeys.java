package io.catalogconnect.s3csv.config;

import io.catalogconnect.s3csv.object.DateNotation;
import io.catalogconnect.s3csv.object.MissingDate;
import io.catalogconnect.s3csv.object.ObjectKeyPattern;
import io.catalogconnect.s3csv.record.Column;
import io.catalogconnect.s3csv.record.ColumnParser;
import io.catalogconnect.s3csv.record.RowPolicy;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Conversion of rows to records. */
final class RecordKeys {

    private enum MissingColumns {
        FAIL,
        NULL
    }

    private enum ColumnMatch {
        EXACT,
        IGNORE_CASE
    }

    private enum ExtraColumns {
        IGNORE,
        FAIL
    }

    private enum EmptyCells {
        NULL,
        TEXT
    }

    private enum ShortRows {
        BAD,
        NULL
    }

    private enum LongRows {
        BAD,
        CUT
    }

    static final Setting<List<Column>> COLUMNS = Setting.parsed(
                    "columns", "name:type or name:type?, separated by commas", ColumnParser::parse)
            .defaultsTo("")
            .wide(Width.LONG)
            .described(
                    Importance.HIGH,
                    "Columns",
                    "Names and types of the columns, such as brand:string,category_id:int64,comment:string?. With"
                            + " ?, an empty cell is null. Types: string, int32, int64, float64, boolean,"
                            + " decimal(p,s), date, timestamp, bytes (base64). Options in parentheses declare how a"
                            + " value is written, as in decimal(10,2;de-DE;€), boolean(yes/no), date(dd.MM.yyyy) and"
                            + " timestamp(iso|epoch-ms;Europe/Berlin). docs/columns.md lists them. A name with a"
                            + " comma or a colon is enclosed in double quotes. Empty: every column of the header is a"
                            + " nullable string.");

    static final Setting<String> RECORD_NAME = Setting.text("record.name")
            .defaultsTo("io.catalogconnect.Row")
            .described(Importance.MEDIUM, "Record name", "Name of the schema of the record values.");

    private static final Setting<ObjectKeyPattern> DATE_PATTERN = Setting.parsed(
                    "file.date.pattern",
                    "a regular expression with a group named date, or with groups named year, month and day",
                    ObjectKeyPattern::of)
            .defaultsTo("")
            .described(
                    Importance.MEDIUM,
                    "File date pattern",
                    "Regular expression that finds the file's date in an object's key, such as"
                            + " dt=(?<date>\\d{4}-\\d{2}-\\d{2}) or"
                            + " year=(?<year>\\d+)/month=(?<month>\\d+)/day=(?<day>\\d+). Empty: the date is the day"
                            + " of the last modification, in UTC.");

    private static final Setting<DateNotation> DATE_FORMAT = Setting.parsed(
                    "file.date.format", "a date pattern or epoch-seconds", DateNotation::of)
            .defaultsTo("yyyy-MM-dd")
            .described(
                    Importance.LOW,
                    "File date format",
                    "Format of the group `date` of `file.date.pattern`: a pattern of Java's DateTimeFormatter such"
                            + " as yyyyMMdd or yyyy/MM/dd, or `epoch-seconds` (seconds since 1970, in UTC).");

    private static final Setting<MissingDate> DATE_MISSING = Setting.word("file.date.missing", MissingDate.FAIL)
            .described(
                    Importance.MEDIUM,
                    "Missing file date",
                    "Treatment of an object if `file.date.pattern` finds no date in its key: `fail` treats it as"
                            + " damaged (`bad.objects`), `last-modified` uses the day of its last modification, in"
                            + " UTC, `skip` does not read it.");

    static final Setting<Optional<String>> DATE_COLUMN = Setting.parsed(
                    "file.date.column", "a field name", Function.<String>identity())
            .optional()
            .described(
                    Importance.MEDIUM,
                    "File date column",
                    "Name of an additional field that contains the file's date. Empty: no such field.");

    private static final Setting<List<String>> NULL_VALUES = Setting.list(
                    "null.values", "texts", Function.<String>identity())
            .wide(Width.MEDIUM)
            .described(
                    Importance.LOW,
                    "Null values",
                    "Cell values that are read as null, such as NULL,n/a. An empty cell is null, too, unless it is text"
                            + " because of `null.empty` or `null.quoted`.");

    private static final Setting<EmptyCells> NULL_EMPTY = Setting.word("null.empty", EmptyCells.NULL)
            .described(
                    Importance.LOW,
                    "Empty cells",
                    "Meaning of an empty cell in a nullable string column: `null`, or `text` for the empty string. An"
                            + " empty cell is null in a nullable column of another type, and the empty string in a string"
                            + " column that is not nullable.");

    private static final Setting<EmptyCells> NULL_QUOTED = Setting.word("null.quoted", EmptyCells.NULL)
            .described(
                    Importance.LOW,
                    "Nulls in quotes",
                    "Meaning of a cell in quotes that is empty or one of `null.values`: `null`, as without quotes, or"
                            + " `text`, so that \"\" in a string column is the empty string, and \"NULL\" the word.");

    private static final Setting<Boolean> TRIM = Setting.flag("trim", false)
            .described(
                    Importance.LOW,
                    "Trim",
                    "Whether white space at both ends of each cell is removed, no-break spaces included.");

    private static final Setting<ColumnMatch> COLUMNS_MATCH = Setting.word("columns.match", ColumnMatch.EXACT)
            .described(
                    Importance.LOW,
                    "Column match",
                    "Comparison of declared columns with the names in a header: `exact`, or `ignore-case`. White space around the names in a"
                            + " header never counts.");

    private static final Setting<MissingColumns> COLUMNS_MISSING = Setting.word("columns.missing", MissingColumns.FAIL)
            .described(
                    Importance.LOW,
                    "Missing columns",
                    "Treatment of a file whose header lacks a nullable column: `fail` treats the file as damaged"
                            + " (`bad.objects`), `null` fills the column with null.");

    private static final Setting<ExtraColumns> COLUMNS_EXTRA = Setting.word("columns.extra", ExtraColumns.IGNORE)
            .described(
                    Importance.LOW,
                    "Extra columns",
                    "Treatment of a file whose header has an undeclared column: `ignore` drops the column, `fail`"
                            + " treats the file as damaged (`bad.objects`).");

    private static final Setting<ShortRows> ROWS_SHORT = Setting.word("rows.short", ShortRows.BAD)
            .described(
                    Importance.LOW,
                    "Short rows",
                    "Treatment of a row with too few cells: `bad` makes it malformed, `null` fills the missing"
                            + " nullable columns with null.");

    private static final Setting<LongRows> ROWS_LONG = Setting.word("rows.long", LongRows.BAD)
            .described(
                    Importance.LOW,
                    "Long rows",
                    "Treatment of a row with too many cells: `bad` makes it malformed, `cut` drops the cells after"
                            + " the last column.");

    private RecordKeys() {}

    static void addTo(SettingsTable.Builder table) {
        table.group(
                        "Records",
                        COLUMNS,
                        RECORD_NAME,
                        DATE_PATTERN,
                        DATE_FORMAT,
                        DATE_MISSING,
                        DATE_COLUMN,
                        NULL_VALUES,
                        NULL_EMPTY,
                        NULL_QUOTED,
                        TRIM,
                        COLUMNS_MATCH,
                        COLUMNS_MISSING,
                        COLUMNS_EXTRA,
                        ROWS_SHORT,
                        ROWS_LONG)
                .check(RecordKeys::checkNames)
                .check(RecordKeys::checkDateColumn)
                .check(AvroNames.checkOf(COLUMNS, DATE_COLUMN, RECORD_NAME));
    }

    private static void checkNames(Settings settings, Problems problems) {
        if (!CsvKeys.hasHeader(settings) && settings.get(COLUMNS).isEmpty()) {
            problems.add(
                    COLUMNS, "is empty. " + CsvKeys.HEADER + "=absent needs the names of the columns. Declare them");
        }
    }

    private static void checkDateColumn(Settings settings, Problems problems) {
        settings.get(DATE_COLUMN).ifPresent(name -> {
            if (settings.get(COLUMNS).stream().anyMatch(column -> column.name().equals(name))) {
                problems.add(
                        DATE_COLUMN,
                        "is '" + name + "', which is also declared in " + COLUMNS + ". Choose another name");
            }
        });
    }

    static ObjectKeyPattern datePattern(Settings settings) {
        return settings.get(DATE_PATTERN).with(settings.get(DATE_FORMAT), settings.get(DATE_MISSING));
    }

    static boolean quotedCellIsText(Settings settings) {
        return settings.get(NULL_QUOTED) == EmptyCells.TEXT;
    }

    static RowPolicy rowPolicy(Settings settings) {
        return new RowPolicy(
                settings.get(COLUMNS_MISSING) == MissingColumns.NULL,
                settings.get(COLUMNS_EXTRA) == ExtraColumns.FAIL,
                settings.get(ROWS_SHORT) == ShortRows.NULL,
                settings.get(ROWS_LONG) == LongRows.CUT,
                settings.get(TRIM),
                settings.get(NULL_VALUES),
                settings.get(NULL_EMPTY) == EmptyCells.TEXT,
                settings.get(COLUMNS_MATCH) == ColumnMatch.IGNORE_CASE,
                CsvKeys.ignoresTrailingDelimiter(settings));
    }
}
