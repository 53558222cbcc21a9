package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.csv.CsvDialect;
import io.catalogconnect.s3csv.object.Compression;
import java.nio.charset.Charset;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** The settings that say how bytes are cut into rows and cells. */
final class CsvOptions {

    static final String DELIMITER = "csv.delimiter";
    static final String QUOTE = "csv.quote";
    static final String ESCAPE = "csv.escape";
    static final String COMMENT = "csv.comment";
    static final String CHARSET = "csv.charset";
    static final String COMPRESSION = "csv.compression";
    static final String HEADER = "csv.header";
    static final String BLANK_LINES = "csv.blank.lines";
    static final String MAX_RECORD_BYTES = "csv.max.record.bytes";

    private static final String GROUP = "CSV";
    private static final String NONE = "none";

    private final AbstractConfig config;

    CsvOptions(AbstractConfig config) {
        this.config = config;
    }

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                DELIMITER,
                ConfigDef.Type.STRING,
                ",",
                Validators.accepted("one character, or \\t", CsvOptions::character),
                Importance.MEDIUM,
                "The character between two cells; \\t for a tab.",
                GROUP,
                ++order,
                Width.SHORT,
                "Delimiter");
        def.define(
                QUOTE,
                ConfigDef.Type.STRING,
                "\"",
                Validators.accepted("one character, or none", CsvOptions::character),
                Importance.LOW,
                "The character around cells that hold a delimiter or a line end; none when nothing is quoted.",
                GROUP,
                ++order,
                Width.SHORT,
                "Quote");
        def.define(
                ESCAPE,
                ConfigDef.Type.STRING,
                NONE,
                Validators.accepted("one character, or none", CsvOptions::character),
                Importance.LOW,
                "The character that takes the meaning from the one after it; none when there is none.",
                GROUP,
                ++order,
                Width.SHORT,
                "Escape");
        def.define(
                COMMENT,
                ConfigDef.Type.STRING,
                NONE,
                Validators.accepted("one ASCII character, or none", CsvOptions::character),
                Importance.LOW,
                "The character that begins a line which is no row; none when there is none.",
                GROUP,
                ++order,
                Width.SHORT,
                "Comment");
        def.define(
                CHARSET,
                ConfigDef.Type.STRING,
                "UTF-8",
                Validators.accepted("UTF-8, or a charset of one byte a character", CsvOptions::charset),
                Importance.MEDIUM,
                "UTF-8, or a charset with one byte a character like ISO-8859-1 or windows-1252.",
                GROUP,
                ++order,
                Width.SHORT,
                "Charset");
        def.define(
                COMPRESSION,
                ConfigDef.Type.STRING,
                "auto",
                Validators.oneOf("auto", "none", "gzip", "zstd"),
                Importance.MEDIUM,
                "How the objects are compressed; auto goes by the key (.gz, .zst). A compressed object is decompressed from"
                        + " its start again when a task resumes in its middle.",
                GROUP,
                ++order,
                Width.SHORT,
                "Compression");
        def.define(
                HEADER,
                ConfigDef.Type.STRING,
                "present",
                Validators.oneOf("present", "absent"),
                Importance.MEDIUM,
                "present: the first row names the columns, which are then found by name. absent: the columns come in the"
                        + " order of " + RecordOptions.COLUMNS + ".",
                GROUP,
                ++order,
                Width.SHORT,
                "Header");
        def.define(
                BLANK_LINES,
                ConfigDef.Type.STRING,
                "skip",
                Validators.oneOf("skip", "row"),
                Importance.LOW,
                "skip: an empty line is nothing. row: it is a row with one empty cell.",
                GROUP,
                ++order,
                Width.SHORT,
                "Blank lines");
        def.define(
                MAX_RECORD_BYTES,
                ConfigDef.Type.LONG,
                4L * 1024 * 1024,
                ConfigDef.Range.between(1, 256L * 1024 * 1024),
                Importance.LOW,
                "A longer row is bad. This bounds what one quote that never closes can pull into memory.",
                GROUP,
                ++order,
                Width.SHORT,
                "Longest row");
    }

    Compression compression() {
        return Compression.valueOf(config.getString(COMPRESSION).toUpperCase(Locale.ROOT));
    }

    CsvDialect dialect() {
        Character delimiter = character(config.getString(DELIMITER));
        if (delimiter == null) {
            throw new InvalidSettingException(DELIMITER, "is none. It needs one character");
        }
        try {
            return new CsvDialect(
                    delimiter,
                    character(config.getString(QUOTE)),
                    character(config.getString(ESCAPE)),
                    character(config.getString(COMMENT)),
                    charset(config.getString(CHARSET)),
                    config.getString(BLANK_LINES).toLowerCase(Locale.ROOT).equals("skip"),
                    config.getLong(MAX_RECORD_BYTES));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(DELIMITER, "and its like do not fit: " + e.getMessage());
        }
    }

    boolean hasHeader() {
        return config.getString(HEADER).toLowerCase(Locale.ROOT).equals("present");
    }

    private static @Nullable Character character(String text) {
        if (text.equals(NONE)) {
            return null;
        }
        if (text.equals("\\t")) {
            return '\t';
        }
        if (text.length() != 1 || text.charAt(0) == '\r' || text.charAt(0) == '\n') {
            throw new IllegalArgumentException("it must be one character, \\t or " + NONE);
        }
        return text.charAt(0);
    }

    private static Charset charset(String text) {
        try {
            Charset charset = Charset.forName(text);
            CsvDialect rfc = CsvDialect.RFC_4180;
            return new CsvDialect(rfc.delimiter(), rfc.quote(), null, null, charset, true, 1).charset();
        } catch (java.nio.charset.UnsupportedCharsetException | java.nio.charset.IllegalCharsetNameException e) {
            throw new IllegalArgumentException("there is no such charset", e);
        }
    }
}
