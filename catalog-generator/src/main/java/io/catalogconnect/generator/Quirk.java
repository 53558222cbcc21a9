package io.catalogconnect.generator;

/** An unusual case that a generated catalogue contains on request. */
public enum Quirk {
    /** Some comments span several lines, inside quotes. */
    MULTI_LINE,
    /** Some descriptions hold doubled quotes and commas. */
    ESCAPED_QUOTES,
    /** Some comments hold letters of two bytes in UTF-8. */
    ACCENTS,
    /** Some comments hold characters of four bytes in UTF-8, which are two chars in Java. */
    EMOJI,
    /** Some images are white space only, which is no image. */
    BLANK_IMAGE,
    /** Lines end with CR LF instead of LF. */
    CRLF,
    /** The file begins with a UTF-8 byte order mark. */
    BOM,
    /** The last row has no line end. */
    NO_FINAL_NEWLINE,
    /** Some rows have one field too few. These are malformed rows. */
    SHORT_ROW,
    /** Some rows have one field too many. These are malformed rows. */
    LONG_ROW,
    /** Some rows have a year that is not a number. These are malformed rows. */
    BAD_NUMBER
}
