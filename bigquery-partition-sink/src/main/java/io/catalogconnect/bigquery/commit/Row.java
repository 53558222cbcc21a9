package io.catalogconnect.bigquery.commit;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Row of one record.
 *
 * @param offset its original Kafka offset
 * @param timestamp record timestamp in milliseconds since 1970; {@link #NO_TIMESTAMP} if the record has none
 * @param format format of {@code bytes}
 * @param bytes the encoded row
 * @param report reports the record if its row is refused; null if refusals are not reported
 */
public record Row(
        long offset,
        long timestamp,
        RowFormat format,
        ByteString bytes,
        @Nullable RefusalReport report) {

    /** Kafka's number for a record without a timestamp. */
    public static final long NO_TIMESTAMP = -1;
}
