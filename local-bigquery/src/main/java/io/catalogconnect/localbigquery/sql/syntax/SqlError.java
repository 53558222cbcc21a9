package io.catalogconnect.localbigquery.sql.syntax;

/** A statement the service would refuse, or one outside the subset; the message is what the client reads with reason {@code invalidQuery}. */
public final class SqlError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String text;

    /** @param message what is wrong, where, and what would be right */
    public SqlError(String message) {
        super(message);
        this.text = message;
    }

    @Override
    public String getMessage() {
        return text;
    }

    /**
     * Refuses a construct that BigQuery has and this subset has not.
     *
     * @param construct its name as GoogleSQL writes it
     * @return the error to throw
     */
    public static SqlError unsupported(String construct) {
        return new SqlError("Unsupported: " + construct + " is outside the GoogleSQL subset of local-bigquery");
    }

    /**
     * An error with a position, counted as the service counts: lines and columns from 1.
     *
     * @param message what is wrong
     * @param sql the whole statement
     * @param offset a character in it
     * @return the error to throw
     */
    public static SqlError at(String message, String sql, int offset) {
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
        return new SqlError(message + " at [" + line + ":" + column + "]");
    }
}
