package io.catalogconnect.s3csv.object;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kinds of files that are recognized by their first bytes. The order matters: the first that matches wins. */
enum FileKind {
    GZIP("a gzip file", "\\x1F\\x8B"),
    ZSTD("a zstd file", "\\x28\\xB5\\x2F\\xFD|[\\x50-\\x5F]\\x2A\\x4D\\x18"),
    OFFICE(
            "an Office document, such as an Excel workbook (xlsx)",
            "PK\\x03\\x04.{26}(\\[Content_Types]|_rels/|xl/|docProps/)"),
    ZIP("a ZIP archive", "PK(\\x03\\x04|\\x05\\x06|\\x07\\x08)"),
    BZIP2("a bzip2 file", "BZh[1-9](1AY&SY|\\x17\\x72\\x45\\x38\\x50\\x90)"),
    XZ("an xz file", "\\xFD7zXZ\\x00"),
    SEVEN_ZIP("a 7z archive", "7z\\xBC\\xAF\\x27\\x1C"),
    RAR("a RAR archive", "Rar!\\x1A\\x07"),
    LZ4("an LZ4 file", "\\x04\\x22\\x4D\\x18"),
    SNAPPY("a Snappy file", "\\xFF\\x06\\x00\\x00sNaPpY"),
    TAR("a tar archive", ".{257}ustar"),
    PARQUET("a Parquet file", "PAR[1E][\\x00-\\x08\\x0E-\\x1F]"),
    ORC("an ORC file", "ORC[\\x00-\\x08\\x0E-\\x1F\\x80-\\xFF]"),
    AVRO("an Avro file", "Obj\\x01"),
    XLS("an Excel workbook (xls)", "\\xD0\\xCF\\x11\\xE0\\xA1\\xB1\\x1A\\xE1"),
    PDF("a PDF document", "%PDF-"),
    UTF_32(
            "a text in UTF-32",
            "(\\x00\\x00\\xFE\\xFF|\\xFF\\xFE\\x00\\x00|([^\\x00]\\x00\\x00\\x00){2}|(\\x00\\x00\\x00[^\\x00]){2})"),
    UTF_16("a text in UTF-16 without a byte order mark", "([^\\x00]\\x00){3}|(\\x00[^\\x00]){3}");

    /** Number of first bytes that decide. */
    static final int FIRST_BYTES = 262;

    private final String described;
    private final Pattern start;

    FileKind(String described, String start) {
        this.described = described;
        this.start = Pattern.compile(start, Pattern.DOTALL);
    }

    /** The kind with an article, such as {@code a ZIP archive}. */
    String described() {
        return described;
    }

    /** The kind of a file with these first bytes; null for any other, such as a CSV file. */
    static @Nullable FileKind of(byte[] first) {
        String text = new String(first, ISO_8859_1);
        for (FileKind kind : values()) {
            if (kind.start.matcher(text).lookingAt()) {
                return kind;
            }
        }
        return null;
    }
}
