package io.catalogconnect.bigquery.commit;

import org.jspecify.annotations.Nullable;

/**
 * BigQuery does not know a table, or does not permit its use: it gives both the same answer, and for a moment also about a
 * table that was just created.
 */
public final class TableUnknownException extends ServiceUnavailableException {

    private static final long serialVersionUID = 1L;

    public TableUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
