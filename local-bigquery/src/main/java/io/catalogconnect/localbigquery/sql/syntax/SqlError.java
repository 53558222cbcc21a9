package io.catalogconnect.localbigquery.sql.syntax;

/** A statement that BigQuery refuses, or that is outside the subset. The client receives the message with reason {@code invalidQuery}. */
public final class SqlError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** BigQuery's message for a statement that is nested too deeply to be processed. */
    public static final String TOO_COMPLEX =
            "Resources exceeded during query execution: Not enough resources for query planning - too many"
                    + " subqueries or query is too complex.";

    private final String text;

    /** @param message the error, its position, and the fix */
    public SqlError(String message) {
        super(message);
        this.text = message;
    }

    @Override
    public String getMessage() {
        return text;
    }

    /**
     * An error for a construct that BigQuery supports and this subset does not.
     *
     * @param construct its name in GoogleSQL
     * @return the error to throw
     */
    public static SqlError unsupported(String construct) {
        return new SqlError("Unsupported: " + construct + " is outside the GoogleSQL subset of local-bigquery");
    }

    /** The error for a statement that is nested too deeply to be processed. */
    public static SqlError tooComplex() {
        return new SqlError(TOO_COMPLEX);
    }

    /**
     * An error with a position. Lines and columns are counted from 1, as in BigQuery.
     *
     * @param message the error
     * @param sql the whole statement
     * @param offset a character in it
     * @return the error to throw
     */
    public static SqlError at(String message, String sql, int offset) {
        Position position = position(sql, offset);
        return new SqlError(message + " at [" + position.line() + ":" + position.column() + "]");
    }

    /** A line and a column, counted from 1. */
    public record Position(int line, int column) {}

    /** The position of a character of a text. */
    public static Position position(String sql, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset && i < sql.length(); i++) {
            if (sql.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Position(line, column);
    }
}
