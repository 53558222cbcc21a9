package io.catalogconnect.bigquery.commit;

import java.util.OptionalLong;

/**
 * Result of finalizing a stream: it accepts no more rows.
 *
 * @param rowCount number of rows in the stream; empty if the service does not return it (finalized before, or deleted)
 */
public record FinalizedStream(OptionalLong rowCount) {

    /** Finalized, with an unknown number of rows. */
    public static final FinalizedStream WITHOUT_COUNT = new FinalizedStream(OptionalLong.empty());

    /** Finalized with a number of rows. */
    public static FinalizedStream holding(long rows) {
        return new FinalizedStream(OptionalLong.of(rows));
    }
}
