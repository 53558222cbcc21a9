package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.record.RowResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signs that the configuration does not fit a file, from the malformed rows that a cursor has read. Each is a sentence or empty. */
final class MalformedRowHints {

    private static final String COMMON =
            ". Each of them has the same problem, so that the configuration may not fit the file: check csv.delimiter,"
                    + " csv.header and columns";
    private static final String FOOTER =
            ". No other row is malformed, and it is the last one: if it is a footer, set csv.footer.pattern";
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private @Nullable String problem;
    private boolean problemsDiffer;
    private long lastRow;

    /**
     * Adds a malformed row.
     *
     * @param row its number
     * @param malformedRows number of malformed rows in the object up to it
     */
    void add(RowResult result, long row, long malformedRows) {
        lastRow = row;
        if (malformedRows == row && !problemsDiffer) {
            String added =
                    result.column().isEmpty() ? DIGITS.matcher(result.reason()).replaceAll("0") : result.column();
            problemsDiffer = problem != null && !problem.equals(added);
            problem = added;
        }
    }

    /** Every row up to this one has the same problem. */
    String ifCommon(long rows, long malformedRows) {
        return rows > 1 && malformedRows == rows && problem != null && !problemsDiffer ? COMMON : "";
    }

    /** The same, or only the last row of the object is malformed. */
    String atEnd(long rows, long malformedRows) {
        return rows > 1 && malformedRows == 1 && lastRow == rows ? FOOTER : ifCommon(rows, malformedRows);
    }
}
