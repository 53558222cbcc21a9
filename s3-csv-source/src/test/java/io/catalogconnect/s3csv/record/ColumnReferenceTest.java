package io.catalogconnect.s3csv.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** Writes the page about columns; its examples are the table that {@link RowConverterTest} checks. */
class ColumnReferenceTest {

    private static final String HEAD = """
            # Columns of CSV files

            The key `columns` of the S3 CSV source declares the columns of a file: `name:type` or `name:type?`, separated by
            commas. With `?`, a cell can be null. A name that contains a comma, a colon or a quote is enclosed in double
            quotes, and a quote within it is doubled: `"unit, price":decimal(10,2)`. This page is generated from the code.

            A type's options are in parentheses, separated by semicolons. [types.md](types.md) describes the BigQuery column
            of each Connect type.

            | declaration | Connect type | accepted cells |
            |---|---|---|
            | `string` | string | every text |
            | `int32`, `int64` | int32, int64 | an integer. A leading `+`, a fraction of zeros and an exponent are accepted if nothing is lost |
            | `float64` | float64 | a number, optionally with a decimal point and an exponent, or `NaN`, `Infinity` or `inf` in any case; a sign is accepted |
            | `decimal(p,s)` | Decimal | a number with at most p digits, s of them after the point; it is never rounded |
            | `int64(de-DE)`, `float64(en-US;$)`, `decimal(10,2;de-DE;€)` | as without options | a number with the locale's decimal separator, and optionally with its grouping and one of the listed currency signs |
            | `boolean` | boolean | `true` or `false`, in any case |
            | `boolean(yes/no;1/0)` | boolean | a word of a pair, in any case; the first word of a pair means true, the second false |
            | `date` | Date | a date of ISO 8601 |
            | `date(form\\|form)`, `date(form;zone)` | Date | a date in one of the forms; the first form that reads a cell applies. The zone is used for instants |
            | `timestamp` | Timestamp | date and time of ISO 8601, with T or a blank between them, 0 to 9 digits of a second, and an offset, a zone or neither. Without one it is UTC |
            | `timestamp(form\\|form;zone)` | Timestamp | date and time in one of the forms, in the zone if the cell contains none |
            | `bytes` | bytes | base64 |

            - A form is `iso`, `epoch-s`, `epoch-ms` or `epoch-us` (seconds, milliseconds or microseconds since 1970, in UTC), or
              a pattern of Java's `DateTimeFormatter` with English names of months and days.
            - A Connect Timestamp has milliseconds; smaller fractions are cut off.
            - A local time that a zone skips when the clocks are set forward is malformed. If a local time occurs twice, the first
              one is used.
            - A locale is a language and a country. Its separators are those of the Java runtime; every kind of blank and
              apostrophe is accepted for groups. Digits that are grouped in another way are malformed, because `1,5` with a
              grouping comma would become 15.

            ## Rows and cells

            The keys `csv.*` describe how the file is cut into rows and cells before the cells are converted.
            [Their reference](config/s3-csv-source.md#csv) lists all of them.

            | in the file | read as | settings for other meanings |
            |---|---|---|
            | cells separated by other characters, as in `1;x` or `1\\|\\|x` | one cell | `csv.delimiter=;` or `csv.delimiter=\\|\\|`. Tab is `\\t`, and Ctrl-A of Hive is `\\u0001` |
            | a carriage return outside of quotes without a line feed after it, as in `a,b\\rc` | a malformed row | `csv.carriage.return=text`: a character of the cell. `csv.carriage.return=line-end`: the end of a row |
            | a backslash, as in `O\\'Neil` or `a\\,b` | a character like others | `csv.escape=\\`: the character after it stands for itself, in cells with and without quotes, also a delimiter, a quote and a line end. `\\n`, `\\r`, `\\t`, `\\b`, `\\f`, `\\v`, `\\0` and `\\Z` are control characters |
            | a cell `\\N` in a dump of MySQL, PostgreSQL or Hive | a text | `csv.escape=\\` and `null.values=\\N`: null. `\\\\N` is the text `\\N` |
            | `NULL`, `n/a` | a text | `null.values=NULL,n/a`: null in a nullable column |
            | `"NULL"`, `""` in quotes | as without quotes: null if `null.values` contains it or it is empty | `null.quoted=text`: the text `NULL`; in a string column the empty string |
            | an empty cell of a nullable string column | null | `null.empty=text`: the empty string |
            | a footer such as `Total,,30` after the last row | a malformed row | `csv.footer.pattern=Total,.*`: not a row. The pattern must match each line of the footer as a whole, and no row. A number of lines cannot be configured, because it would drop the last rows of an object without a footer |
            | lines before the header | the header | `csv.skip.lines=2`: the first two lines are not read |

            ## Examples

            | declaration | cell | value |
            |---|---|---|
            """;

    @Test
    void pageListsEveryTestedCell() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        CSVFormat format =
                CSVFormat.TDF.builder().setIgnoreSurroundingSpaces(false).get();
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/types.csv"));
                CSVParser parser = CSVParser.parse(in, UTF_8, format)) {
            for (CSVRecord example : parser) {
                if (example.getRecordNumber() > 1) {
                    String value = example.get(2).startsWith("bad: ") ? "malformed" : code(example.get(2));
                    page.append("| ")
                            .append(code(example.get(0)))
                            .append(" | ")
                            .append(code(example.get(1)))
                            .append(" | ")
                            .append(value)
                            .append(" |\n");
                }
            }
        }
        new ReferencePage().check("columns.md", page.toString());
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
