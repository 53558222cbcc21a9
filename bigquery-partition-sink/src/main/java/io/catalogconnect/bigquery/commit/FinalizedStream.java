package io.catalogconnect.bigquery.commit;

import java.util.OptionalLong;

/**
 * The service's word that a stream takes no more rows.
 *
 * @param rowCount how many rows it holds, empty when the service did not tell (closed before, or gone)
 */
public record FinalizedStream(OptionalLong rowCount) {

    /** Closed, but nobody told how many rows it holds. */
    public static final FinalizedStream WITHOUT_COUNT = new FinalizedStream(OptionalLong.empty());

    /** Closed with that many rows. */
    public static FinalizedStream holding(long rows) {
        return new FinalizedStream(OptionalLong.of(rows));
    }
}
