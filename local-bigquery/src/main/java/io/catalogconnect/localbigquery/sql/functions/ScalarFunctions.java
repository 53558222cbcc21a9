package io.catalogconnect.localbigquery.sql.functions;

import io.catalogconnect.localbigquery.sql.types.Casts;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scalar functions that are templates over their arguments: {@code $1} and so on are the SQL of the arguments.
 */
public final class ScalarFunctions {

    /** Unicode white space, which TRIM removes without a second argument. */
    private static final String BLANK =
            "chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || ' ' || chr(133) || chr(160) || chr(5760)"
                    + " || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198) || chr(8199) || chr(8200)"
                    + " || chr(8201) || chr(8202) || chr(8232) || chr(8233) || chr(8239) || chr(8287) || chr(12288)";

    /** Characters whose upper case has several characters, except the sharp s. */
    private static final String SEVERAL = "[ŉǰΐΰևẖ-ẚẞὐὒὔὖᾀ-ᾯᾲ-ᾴᾶᾷᾼῂ-ῄῆῇῌῒΐῖῗῢ-ῤῦῧῲ-ῴῶῷῼﬀ-ﬆﬓ-ﬗ]";

    private static final String FLOAT_TEXT = Casts.errorText("$1");

    private static final Map<String, List<Signature>> ALL = new HashMap<>();

    /** One signature of a function. */
    public record Signature(DataType result, String template, List<DataType> parameters) {

        public String apply(List<TypedSql> arguments) {
            StringBuilder sql = new StringBuilder();
            for (int i = 0; i < template.length(); i++) {
                char c = template.charAt(i);
                if (c == '$') {
                    sql.append(arguments.get(template.charAt(++i) - '1').sql());
                } else {
                    sql.append(c);
                }
            }
            return sql.toString();
        }
    }

    static {
        strings();
        numbers();
        times();
        others();
    }

    private ScalarFunctions() {}

    public static List<Signature> of(String function) {
        return ALL.getOrDefault(function, List.of());
    }

    private static void add(String names, Kind result, String template, Kind... parameters) {
        List<DataType> types = new ArrayList<>();
        for (Kind parameter : parameters) {
            types.add(DataType.of(parameter));
        }
        add(names, DataType.of(result), template, types);
    }

    private static void add(String names, DataType result, String template, List<DataType> parameters) {
        for (String name : names.split(" ", -1)) {
            ALL.computeIfAbsent(name, key -> new ArrayList<>()).add(new Signature(result, template, parameters));
        }
    }

    private static void strings() {
        add(
                "LOWER",
                Kind.STRING,
                "CASE WHEN regexp_matches($1, '[İΣ]') THEN error('Unsupported: LOWER of a character whose lower case depends on its place or is"
                        + " several characters is outside the GoogleSQL subset of local-bigquery') ELSE lower($1) END",
                Kind.STRING);
        add(
                "UPPER",
                Kind.STRING,
                "CASE WHEN regexp_matches($1, '" + SEVERAL
                        + "') THEN error('Unsupported: UPPER of a character whose upper case is several"
                        + " characters is outside the GoogleSQL subset of local-bigquery') ELSE upper(replace($1, 'ß', 'SS')) END",
                Kind.STRING);
        add("LENGTH CHAR_LENGTH CHARACTER_LENGTH", Kind.INT64, "length($1)", Kind.STRING);
        add("LENGTH BYTE_LENGTH OCTET_LENGTH", Kind.INT64, "octet_length($1)", Kind.BYTES);
        add("BYTE_LENGTH OCTET_LENGTH", Kind.INT64, "octet_length(encode($1))", Kind.STRING);
        for (String side : List.of("", "l", "r")) {
            String name = (side + "trim").toUpperCase(java.util.Locale.ROOT);
            add(name, Kind.STRING, side + "trim($1, " + BLANK + ")", Kind.STRING);
            add(
                    name,
                    Kind.STRING,
                    "CASE WHEN $2 = '' THEN $1 ELSE " + side + "trim($1, $2) END",
                    Kind.STRING,
                    Kind.STRING);
        }
        String from = "CASE WHEN $2 = 0 OR $2 < -length($1) THEN 1 ELSE $2 END";
        String count = "CASE WHEN $3 < 0 THEN error('Third argument in SUBSTR() cannot be negative') ELSE $3 END";
        add("SUBSTR SUBSTRING", Kind.STRING, "substr($1, " + from + ")", Kind.STRING, Kind.INT64);
        add(
                "SUBSTR SUBSTRING",
                Kind.STRING,
                "substr($1, " + from + ", " + count + ")",
                Kind.STRING,
                Kind.INT64,
                Kind.INT64);
        add(
                "LEFT",
                Kind.STRING,
                "left($1, CASE WHEN $2 < 0 THEN error('Second argument in LEFT() cannot be negative') ELSE $2 END)",
                Kind.STRING,
                Kind.INT64);
        add(
                "RIGHT",
                Kind.STRING,
                "right($1, CASE WHEN $2 < 0 THEN error('Second argument in RIGHT() cannot be negative') ELSE $2 END)",
                Kind.STRING,
                Kind.INT64);
        add("STARTS_WITH", Kind.BOOL, "starts_with($1, $2)", Kind.STRING, Kind.STRING);
        add("ENDS_WITH", Kind.BOOL, "ends_with($1, $2)", Kind.STRING, Kind.STRING);
        add("STRPOS INSTR", Kind.INT64, "strpos($1, $2)", Kind.STRING, Kind.STRING);
        add(
                "REPLACE",
                Kind.STRING,
                "CASE WHEN $2 = '' THEN CASE WHEN $3 IS NULL THEN NULL ELSE $1 END ELSE replace($1, $2, $3) END",
                Kind.STRING,
                Kind.STRING,
                Kind.STRING);
        add("REVERSE", Kind.STRING, "array_to_string(list_reverse(string_split($1, '')), '')", Kind.STRING);
        add(
                "REPEAT",
                Kind.STRING,
                "repeat($1, CASE WHEN $2 < 0 THEN error('Second argument (repeat count) for REPEAT cannot be negative') ELSE $2 END)",
                Kind.STRING,
                Kind.INT64);
        for (String side : List.of("l", "r")) {
            String name = (side + "pad").toUpperCase(java.util.Locale.ROOT);
            String length =
                    "CAST(CASE WHEN $2 < 0 THEN error('Second argument (output size) for LPAD/RPAD cannot be negative')"
                            + " ELSE $2 END AS INTEGER)";
            add(name, Kind.STRING, side + "pad($1, " + length + ", ' ')", Kind.STRING, Kind.INT64);
            add(
                    name,
                    Kind.STRING,
                    side + "pad($1, " + length + ", CASE WHEN $3 = '' THEN error('Third argument (pad pattern) for"
                            + " LPAD/RPAD cannot be empty') ELSE $3 END)",
                    Kind.STRING,
                    Kind.INT64,
                    Kind.STRING);
        }
        add("REGEXP_CONTAINS", Kind.BOOL, "regexp_matches($1, $2)", Kind.STRING, Kind.STRING);
        add("REGEXP_REPLACE", Kind.STRING, "regexp_replace($1, $2, $3, 'g')", Kind.STRING, Kind.STRING, Kind.STRING);
        add("TO_HEX", Kind.STRING, "lower(hex($1))", Kind.BYTES);
        add(
                "FROM_HEX",
                Kind.BYTES,
                "CASE WHEN regexp_full_match($1, '[0-9A-Fa-f]*') THEN unhex($1) WHEN $1 IS NOT NULL THEN error('Failed to decode"
                        + " invalid hexadecimal string due to character at offset ' || length(regexp_extract($1, '^[0-9A-Fa-f]*')) || ': '"
                        + " || $1) END",
                Kind.STRING);
        add("TO_BASE64", Kind.STRING, "to_base64($1)", Kind.BYTES);
        add("FROM_BASE64", Kind.BYTES, "from_base64($1)", Kind.STRING);
        for (Kind kind : List.of(Kind.STRING, Kind.BYTES)) {
            add("MD5", Kind.BYTES, "unhex(md5($1))", kind);
            add("SHA1", Kind.BYTES, "unhex(sha1($1))", kind);
            add("SHA256", Kind.BYTES, "unhex(sha256($1))", kind);
        }
        DataType strings = DataType.array(DataType.STRING);
        add("SPLIT", strings, "string_split($1, ',')", List.of(DataType.STRING));
        add(
                "SPLIT",
                strings,
                "CASE WHEN $2 = '' AND $1 = '' THEN [''] WHEN $2 IS NOT NULL THEN string_split($1, $2) END",
                List.of(DataType.STRING, DataType.STRING));
        add(
                "ARRAY_TO_STRING",
                DataType.STRING,
                "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE coalesce(array_to_string(list_filter($1, lambda e: e IS NOT NULL), $2), '') END",
                List.of(strings, DataType.STRING));
        add("GENERATE_UUID", Kind.STRING, "CAST(uuid() AS VARCHAR)");
        add("ERROR", Kind.NULL, "error($1)", Kind.STRING);
    }

    private static void numbers() {
        for (Kind kind : List.of(Kind.INT64, Kind.NUMERIC, Kind.BIGNUMERIC, Kind.FLOAT64)) {
            String type = DataType.of(kind).duckType();
            add("ABS", kind, "abs($1)", kind);
            add(
                    "SIGN",
                    kind,
                    kind == Kind.FLOAT64
                            ? "CASE WHEN isnan($1) THEN $1 ELSE CAST(sign($1) AS DOUBLE) END"
                            : "CAST(sign($1) AS " + type + ")",
                    kind);
        }
        String zero = "CASE WHEN $2 = 0 THEN error('division by zero: ' || CAST($1 AS VARCHAR) || ' / 0') ELSE $2 END";
        add("DIV", Kind.INT64, "($1 // " + zero + ")", Kind.INT64, Kind.INT64);
        add(
                "MOD",
                Kind.INT64,
                "($1 % CASE WHEN $2 = 0 THEN error('division by zero: MOD(' || CAST($1 AS VARCHAR) || ', 0)') ELSE $2 END)",
                Kind.INT64,
                Kind.INT64);
        for (Kind kind : List.of(Kind.FLOAT64, Kind.NUMERIC, Kind.BIGNUMERIC)) {
            add("ROUND", kind, "CAST(round($1) AS " + DataType.of(kind).duckType() + ")", kind);
            add("TRUNC", kind, "CAST(trunc($1) AS " + DataType.of(kind).duckType() + ")", kind);
            add("CEIL CEILING", kind, "CAST(ceil($1) AS " + DataType.of(kind).duckType() + ")", kind);
            add("FLOOR", kind, "CAST(floor($1) AS " + DataType.of(kind).duckType() + ")", kind);
        }
        add(
                "SQRT",
                Kind.FLOAT64,
                "CASE WHEN $1 < 0 THEN error('Argument to SQRT cannot be negative: ' || " + FLOAT_TEXT
                        + ") ELSE sqrt($1) END",
                Kind.FLOAT64);
        add("EXP", Kind.FLOAT64, finite("exp($1)", "$1", "EXP(' || " + FLOAT_TEXT + " || ')"), Kind.FLOAT64);
        for (String log : List.of("LN", "LOG10")) {
            add(
                    log,
                    Kind.FLOAT64,
                    "CASE WHEN $1 <= 0 THEN error('Floating point error in function: " + log + "(' || " + FLOAT_TEXT
                            + " || ')') ELSE " + log + "($1) END",
                    Kind.FLOAT64);
        }
        add(
                "POW POWER",
                Kind.FLOAT64,
                finite(
                        "pow($1, $2)",
                        "$1 + $2",
                        "POW(' || " + FLOAT_TEXT + " || ', ' || " + Casts.errorText("$2") + " || ')"),
                Kind.FLOAT64,
                Kind.FLOAT64);
        add(
                "SAFE_DIVIDE",
                Kind.FLOAT64,
                "CASE WHEN $2 = 0 OR (NOT isfinite($1 / $2) AND isfinite($1) AND isfinite($2)) THEN NULL ELSE $1 / $2 END",
                Kind.FLOAT64,
                Kind.FLOAT64);
        for (Kind kind : List.of(Kind.NUMERIC, Kind.BIGNUMERIC)) {
            DataType type = DataType.of(kind);
            add("SAFE_DIVIDE", kind, Operators.exact("safe_divide", type, "$1", "$2"), kind, kind);
            add("DIV", kind, Operators.exact("div", type, "$1", "$2"), kind, kind);
            add("MOD", kind, Operators.exact("mod", type, "$1", "$2"), kind, kind);
        }
        add("IEEE_DIVIDE", Kind.FLOAT64, "($1 / $2)", Kind.FLOAT64, Kind.FLOAT64);
        add("IS_NAN", Kind.BOOL, "isnan($1)", Kind.FLOAT64);
        add("IS_INF", Kind.BOOL, "isinf($1)", Kind.FLOAT64);
        add("RAND", Kind.FLOAT64, "random()");
        DataType integers = DataType.array(DataType.INT64);
        add("GENERATE_ARRAY", integers, "generate_series($1, $2)", List.of(DataType.INT64, DataType.INT64));
        add(
                "GENERATE_ARRAY",
                integers,
                "generate_series($1, $2, CASE WHEN $3 = 0 THEN error('Sequence step cannot be 0.') ELSE $3 END)",
                List.of(DataType.INT64, DataType.INT64, DataType.INT64));
    }

    private static void times() {
        String year = "CASE WHEN $1 NOT BETWEEN 1 AND 9999 THEN error('Input calculates to invalid ";
        String day = ": ' || format('{:04d}-{:02d}-{:02d}', $1, $2, $3)";
        add(
                "DATE",
                Kind.DATE,
                year + "date" + day + ") ELSE make_date($1, $2, $3) END",
                Kind.INT64,
                Kind.INT64,
                Kind.INT64);
        add("DATE", Kind.DATE, "CAST(timezone('UTC', $1) AS DATE)", Kind.TIMESTAMP);
        add("DATE", Kind.DATE, "CAST($1 AS DATE)", Kind.DATETIME);
        add("DATE", Kind.DATE, "CAST(timezone($2, $1) AS DATE)", Kind.TIMESTAMP, Kind.STRING);
        add("DATETIME", Kind.DATETIME, "timezone('UTC', $1)", Kind.TIMESTAMP);
        add("DATETIME", Kind.DATETIME, "timezone($2, $1)", Kind.TIMESTAMP, Kind.STRING);
        add("DATETIME", Kind.DATETIME, "CAST($1 AS TIMESTAMP)", Kind.DATETIME);
        add("DATETIME", Kind.DATETIME, "CAST($1 + $2 AS TIMESTAMP)", Kind.DATE, Kind.TIME);
        add(
                "DATETIME",
                Kind.DATETIME,
                year + "datetime" + day + " || format(' {:02d}:{:02d}:{:02d}', $4, $5, $6)) ELSE"
                        + " make_timestamp($1, $2, $3, $4, $5, CAST($6 AS DOUBLE)) END",
                Kind.INT64,
                Kind.INT64,
                Kind.INT64,
                Kind.INT64,
                Kind.INT64,
                Kind.INT64);
        add("TIMESTAMP", Kind.TIMESTAMP, "$1", Kind.TIMESTAMP);
        add("TIMESTAMP", Kind.TIMESTAMP, "timezone('UTC', $1)", Kind.DATETIME);
        add("TIMESTAMP", Kind.TIMESTAMP, DateParts.instant("$1", "$2"), Kind.DATETIME, Kind.STRING);
        add("TIME", Kind.TIME, "make_time($1, $2, CAST($3 AS DOUBLE))", Kind.INT64, Kind.INT64, Kind.INT64);
        add("TIME", Kind.TIME, "CAST(timezone('UTC', $1) AS TIME)", Kind.TIMESTAMP);
        add("TIME", Kind.TIME, "CAST($1 AS TIME)", Kind.DATETIME);
        add("TIMESTAMP_SECONDS", Kind.TIMESTAMP, instant(1_000_000), Kind.INT64);
        add("TIMESTAMP_MILLIS", Kind.TIMESTAMP, instant(1_000), Kind.INT64);
        add("TIMESTAMP_MICROS", Kind.TIMESTAMP, instant(1), Kind.INT64);
        add("UNIX_SECONDS", Kind.INT64, floorDiv("epoch_us($1)", 1000000), Kind.TIMESTAMP);
        add("UNIX_MILLIS", Kind.INT64, floorDiv("epoch_us($1)", 1000), Kind.TIMESTAMP);
        add("UNIX_MICROS", Kind.INT64, "epoch_us($1)", Kind.TIMESTAMP);
        add("UNIX_DATE", Kind.INT64, "date_diff('day', DATE '1970-01-01', $1)", Kind.DATE);
        add(
                "DATE_FROM_UNIX_DATE",
                Kind.DATE,
                "CASE WHEN $1 NOT BETWEEN -719162 AND 2932896 THEN error('DATE_FROM_UNIX_DATE range is -719162 to 2932896 but saw '"
                        + " || $1) ELSE (DATE '1970-01-01' + CAST($1 AS INTEGER)) END",
                Kind.INT64);
        add("LAST_DAY", Kind.DATE, "last_day($1)", Kind.DATE);
        add(
                "GENERATE_DATE_ARRAY",
                DataType.array(DataType.DATE),
                "CAST(generate_series($1, $2, INTERVAL 1 DAY) AS DATE[])",
                List.of(DataType.DATE, DataType.DATE));
    }

    /** The value of a function, or BigQuery's error if the result of finite arguments is not finite. */
    private static String finite(String value, String arguments, String shown) {
        return "CASE WHEN NOT isfinite(" + value + ") AND isfinite(" + arguments
                + ") THEN error('Floating point error in function: " + shown + "') ELSE " + value + " END";
    }

    /** SQL for the timestamp at a number of units since 1970, where a unit has {@code micros} microseconds. */
    private static String instant(long micros) {
        long first = -62_135_596_800_000_000L;
        long last = 253_402_300_799_999_999L;
        return "CASE WHEN $1 NOT BETWEEN " + first / micros + " AND " + last / micros
                + " THEN error('Input value ' || $1"
                + " || ' cannot be converted into a TIMESTAMP, because it would be out of the allowed range between "
                + first
                + " to " + last + " (microseconds)') ELSE make_timestamptz($1 * " + micros + ") END";
    }

    /** Integer division that rounds towards minus infinity. A DOUBLE does not hold all microseconds. */
    private static String floorDiv(String micros, long by) {
        return "((" + micros + " - ((" + micros + " % " + by + " + " + by + ") % " + by + ")) // " + by + ")";
    }

    private static void others() {
        add("FARM_FINGERPRINT", Kind.INT64, "bq_farm_fingerprint($1)", Kind.STRING);
        add("SESSION_USER", Kind.STRING, "'local@bigquery'");
    }
}
