package io.catalogconnect.s3csv.config;

import io.catalogconnect.s3csv.csv.CsvDialect;
import io.catalogconnect.s3csv.object.Compression;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Encoding and CSV dialect of the objects. */
final class CsvKeys {

    private enum Header {
        PRESENT,
        ABSENT
    }

    private enum TrailingDelimiter {
        CELL,
        IGNORE
    }

    private enum BlankLines {
        SKIP,
        ROW
    }

    private static final String MAX_REQUEST_SIZE = "producer.override.max.request.size";
    private static final long DEFAULT_MAX_REQUEST_BYTES = 1024 * 1024;
    private static final String CHARACTER_OR_NONE = "one character, \\t, \\uXXXX or none";
    private static final int LONGEST_DELIMITER = 16;
    private static final String NO_FOOTER = "~1.5~,\"a b\";x|y\tz";
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{2,}");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(t|u[0-9A-Fa-f]{4})|\\\\");

    private static final Setting<String> DELIMITER = Setting.parsed(
                    "csv.delimiter",
                    "1 to 16 characters, with \\t for a tab and \\uXXXX for any character",
                    CsvKeys::delimiter)
            .defaultsTo(",")
            .wide(Width.SHORT)
            .described(
                    Importance.MEDIUM,
                    "Delimiter",
                    "Delimiter between two cells, one character or several such as `||`. `\\t` is a tab, and `\\u0001` is"
                            + " Ctrl-A, the delimiter of Hive.");

    private static final Setting<Optional<Character>> QUOTE = Setting.parsed(
                    "csv.quote", CHARACTER_OR_NONE, CsvKeys::character)
            .defaultsTo("\"")
            .wide(Width.SHORT)
            .described(
                    Importance.LOW,
                    "Quote",
                    "Quote character around cells that contain a delimiter or a line end, or `none`.");

    private static final Setting<Optional<Character>> ESCAPE = Setting.parsed(
                    "csv.escape", CHARACTER_OR_NONE, CsvKeys::character)
            .defaultsTo("none")
            .wide(Width.SHORT)
            .described(
                    Importance.LOW,
                    "Escape",
                    "Escape character, such as `\\`, or `none`. After it, `n`, `r`, `t`, `b`, `f`, `v`, `0` and `Z` stand for"
                            + " control characters, and every other character, also a delimiter, a quote or a line end,"
                            + " stands for itself, in cells with and without quotes. A cell of the escape character and"
                            + " `N` only, as in dumps of MySQL, PostgreSQL and Hive, is not changed, so that"
                            + " `null.values=\\N` makes it null. An escaped escape character before `N` is text.");

    private static final Setting<Optional<Character>> COMMENT = Setting.parsed(
                    "csv.comment", "one ASCII character, \\t, \\uXXXX or none", CsvKeys::asciiCharacter)
            .defaultsTo("none")
            .wide(Width.SHORT)
            .described(
                    Importance.LOW,
                    "Comment",
                    "Comment character, or `none`. A line that starts with it is not a row.");

    private static final Setting<Charset> CHARSET = Setting.parsed(
                    "csv.charset", "UTF-8 or a charset with one byte per character", CsvKeys::charset)
            .defaultsTo("UTF-8")
            .wide(Width.SHORT)
            .described(
                    Importance.MEDIUM,
                    "Charset",
                    "Charset of the objects: UTF-8, or a charset with one byte per character such as ISO-8859-1 or"
                            + " windows-1252.");

    private static final Setting<Compression> COMPRESSION = Setting.word("csv.compression", Compression.AUTO)
            .described(
                    Importance.MEDIUM,
                    "Compression",
                    "Compression of the objects. `auto` recognizes gzip and zstd by the first bytes of an object,"
                            + " not by its key. An object that is not compressed, although its Content-Encoding or"
                            + " the suffix of its key (.gz, .gzip, .zst) names a compression, is damaged. A task that"
                            + " resumes in a compressed object decompresses it from its start.");

    static final Setting<Header> HEADER = Setting.word("csv.header", Header.PRESENT)
            .described(
                    Importance.MEDIUM,
                    "Header",
                    "Header line: `present` (the first row contains the column names, and columns are found by"
                            + " name) or `absent` (the cells are in the order of `columns`).");

    private static final Setting<Integer> SKIP_LINES = Setting.integer("csv.skip.lines", 0, 0, 1_000_000)
            .described(
                    Importance.LOW,
                    "Skipped lines",
                    "Number of lines before the first row, or before the header, that are not CSV. Excel's line `sep=;` is"
                            + " ignored in any case.");

    private static final Setting<Optional<Pattern>> FOOTER = Setting.parsed(
                    "csv.footer.pattern", "a regular expression", CsvKeys::footer)
            .optional()
            .described(
                    Importance.LOW,
                    "Footer pattern",
                    "Regular expression that matches each whole line after the last row, such as Total,.* or"
                            + " TRAILER\\|\\d+; lines are not rows from the first match on. An object with a row after the"
                            + " footer, or with more than 100 lines in it, is damaged (`bad.objects`). The header, and"
                            + " lines of more than 4096 bytes, are never part of a footer. Empty: no footer.");

    private static final Setting<TrailingDelimiter> TRAILING_DELIMITER = Setting.word(
                    "csv.trailing.delimiter", TrailingDelimiter.CELL)
            .described(
                    Importance.LOW,
                    "Trailing delimiter",
                    "Meaning of a delimiter at the end of the header or a row: `cell` starts an empty cell, `ignore` ignores"
                            + " it if the row would have one cell too many.");

    private static final Setting<BlankLines> BLANK_LINES = Setting.word("csv.blank.lines", BlankLines.SKIP)
            .described(
                    Importance.LOW,
                    "Blank lines",
                    "Treatment of a blank line: `skip` ignores it, `row` reads it as a row with one empty cell.");

    private static final Setting<CsvDialect.CarriageReturn> CARRIAGE_RETURN = Setting.word(
                    "csv.carriage.return", CsvDialect.CarriageReturn.BAD)
            .described(
                    Importance.LOW,
                    "Carriage return",
                    "Meaning of a carriage return outside of quotes without a line feed after it: `bad` makes the row"
                            + " malformed, `text` reads it as a character of the cell, `line-end` ends the row, as in"
                            + " files of old Macintosh programs. Carriage returns before a line feed, and at the end of"
                            + " the object, always belong to the line end.");

    private static final Setting<Long> MAX_RECORD_BYTES = Setting.number(
                    "csv.max.record.bytes", 4L * 1024 * 1024, 1, 256L * 1024 * 1024)
            .described(
                    Importance.LOW,
                    "Maximum row size",
                    "Maximum size of a row in bytes. A longer row is malformed. This limits the memory that an"
                            + " unclosed quote can use. A row that is too large for a request of the producer is"
                            + " malformed, too. For larger rows, set `producer.override.max.request.size` (default"
                            + " 1048576) on the connector, even if the worker's producers allow larger requests, and"
                            + " `max.message.bytes` on the topics.");

    private CsvKeys() {}

    static void addTo(SettingsTable.Builder table) {
        table.group(
                        "CSV",
                        DELIMITER,
                        QUOTE,
                        ESCAPE,
                        COMMENT,
                        CHARSET,
                        COMPRESSION,
                        HEADER,
                        SKIP_LINES,
                        FOOTER,
                        TRAILING_DELIMITER,
                        BLANK_LINES,
                        CARRIAGE_RETURN,
                        MAX_RECORD_BYTES)
                .check(CsvKeys::checkDialect)
                .check(CsvKeys::checkMaxRecordBytes);
    }

    private static void checkDialect(Settings settings, Problems problems) {
        Optional<Character> quote = settings.get(QUOTE);
        if (quote.isPresent() && quote.equals(settings.get(ESCAPE))) {
            problems.add(
                    ESCAPE,
                    "is the same character as " + QUOTE + ". Set " + ESCAPE
                            + "=none: a doubled quote within quotes is always a" + " quote");
            return;
        }
        try {
            dialect(settings, false);
        } catch (IllegalArgumentException e) {
            problems.add(
                    DELIMITER,
                    "conflicts with " + QUOTE + ", " + ESCAPE + " or " + COMMENT + ", or two of these conflict: "
                            + e.getMessage());
        }
    }

    static CsvDialect dialect(Settings settings, boolean marksQuotes) {
        return new CsvDialect(
                settings.get(DELIMITER),
                settings.get(QUOTE).orElse(null),
                settings.get(ESCAPE).orElse(null),
                settings.get(COMMENT).orElse(null),
                settings.get(CHARSET),
                settings.get(BLANK_LINES) == BlankLines.SKIP,
                settings.get(MAX_RECORD_BYTES),
                settings.get(SKIP_LINES),
                settings.get(CARRIAGE_RETURN),
                settings.get(FOOTER).orElse(null),
                marksQuotes);
    }

    static boolean ignoresTrailingDelimiter(Settings settings) {
        return settings.get(TRAILING_DELIMITER) == TrailingDelimiter.IGNORE;
    }

    /** Size of the largest request of the producer, as far as the connector's configuration says it. */
    static long maxRequestBytes(Settings settings) {
        try {
            return Math.max(
                    1, Long.parseLong(settings.connectProperty(MAX_REQUEST_SIZE).strip()));
        } catch (NumberFormatException e) {
            return DEFAULT_MAX_REQUEST_BYTES; // Connect refuses a value that is not a number.
        }
    }

    private static void checkMaxRecordBytes(Settings settings, Problems problems) {
        long record = settings.get(MAX_RECORD_BYTES);
        long request = maxRequestBytes(settings);
        boolean bothAreSet = !settings.connectProperty(MAX_RECORD_BYTES.name()).isEmpty()
                && !settings.connectProperty(MAX_REQUEST_SIZE).isEmpty();
        if (bothAreSet && record > request) {
            problems.add(
                    MAX_RECORD_BYTES,
                    "is " + record + ", more than " + MAX_REQUEST_SIZE + " (" + request
                            + "), so that the producer could not send such a row. Lower it, or raise "
                            + MAX_REQUEST_SIZE);
        }
    }

    static boolean hasHeader(Settings settings) {
        return settings.get(HEADER) == Header.PRESENT;
    }

    static Compression compression(Settings settings) {
        return settings.get(COMPRESSION);
    }

    private static Optional<Character> character(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        String character = unescaped(text);
        if (character.length() != 1 || hasLineEnd(character)) {
            throw new IllegalArgumentException("it must be " + CHARACTER_OR_NONE);
        }
        return Optional.of(character.charAt(0));
    }

    private static Pattern footer(String text) {
        Pattern pattern = Pattern.compile(text, Pattern.DOTALL);
        if (pattern.matcher(NO_FOOTER).matches()) {
            throw new IllegalArgumentException(
                    "it matches any line. Only lines of the footer must match, as with Total,.*");
        }
        return pattern;
    }

    private static String delimiter(String text) {
        String delimiter = unescaped(text);
        if (delimiter.isEmpty() || delimiter.length() > LONGEST_DELIMITER || hasLineEnd(delimiter)) {
            throw new IllegalArgumentException("it must be 1 to " + LONGEST_DELIMITER
                    + " characters, and none of them may be a line end. A blank is \\u0020");
        }
        if (WORD.matcher(text).matches()) {
            throw new IllegalArgumentException("it must not be a word. Set the delimiter itself, such as ; or \\t");
        }
        return delimiter;
    }

    private static boolean hasLineEnd(String text) {
        return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
    }

    /** The text with {@code \\t} and {@code \\uXXXX} replaced; a single backslash is one. */
    private static String unescaped(String text) {
        return text.equals("\\")
                ? text
                : ESCAPED.matcher(text).replaceAll(match -> Matcher.quoteReplacement(String.valueOf(unescaped(match))));
    }

    private static char unescaped(MatchResult match) {
        String escaped = match.group(1);
        if (escaped == null) {
            throw new IllegalArgumentException("a backslash in it must start \\t or \\uXXXX");
        }
        return escaped.equals("t") ? '\t' : (char) Integer.parseInt(escaped.substring(1), 16);
    }

    private static Optional<Character> asciiCharacter(String text) {
        return character(text).map(character -> {
            if (character >= 128) {
                throw new IllegalArgumentException("it must be one ASCII character, \\t, \\uXXXX or none");
            }
            return character;
        });
    }

    private static Charset charset(String text) {
        try {
            Charset charset = Charset.forName(text);
            CsvDialect rfc = CsvDialect.RFC_4180;
            return new CsvDialect(
                            rfc.delimiter(),
                            rfc.quote(),
                            null,
                            null,
                            charset,
                            true,
                            1,
                            0,
                            rfc.carriageReturn(),
                            null,
                            false)
                    .charset();
        } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
            throw new IllegalArgumentException("it must be a charset that Java supports", e);
        }
    }
}
