package io.catalogconnect.bigquery.commit;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One record on its way to its table.
 *
 * @param offset its original Kafka offset
 * @param timestamp the record's, in milliseconds since 1970; {@link #NO_TIMESTAMP} for none
 * @param format how {@code bytes} are to be read
 * @param bytes the row, encoded
 * @param origin what it was made from, for whoever gets it when the service refuses it; null where nobody does
 */
public record Row(
        long offset,
        long timestamp,
        RowFormat format,
        ByteString bytes,
        @Nullable Object origin) {

    /** Kafka's own number for a record without a timestamp. */
    public static final long NO_TIMESTAMP = -1;
}
