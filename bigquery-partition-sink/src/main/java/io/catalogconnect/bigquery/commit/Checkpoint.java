package io.catalogconnect.bigquery.commit;

/**
 * States which Kafka offset the last row of a write stream has when the stream has a given number of rows. It is stored
 * before the append that it describes, so the stream may never reach that number of rows.
 *
 * <p>A checkpoint also describes later appends for as long as every offset is used: then each further row of the stream
 * is the next Kafka offset.
 *
 * @param stream name of the write stream
 * @param sequence grows with each checkpoint of the stream, the first of which the take-over stores
 * @param rows number of rows in the stream
 * @param kafkaOffset Kafka offset of the last of them; for an empty stream, the high-water mark of the take-over
 * @param timestamp timestamp of that record in milliseconds since 1970, or {@link Row#NO_TIMESTAMP}
 * @param storedAt when the checkpoint was made, in milliseconds since 1970
 */
public record Checkpoint(String stream, long sequence, long rows, long kafkaOffset, long timestamp, long storedAt) {

    public Checkpoint {
        if (stream.isEmpty() || sequence < 0 || rows < 0 || kafkaOffset < -1) {
            throw new IllegalArgumentException(
                    "stream " + stream + ", sequence " + sequence + ", rows " + rows + ", offset " + kafkaOffset);
        }
    }

    /** The Kafka offset of the last row if the stream has this number of rows. */
    public long offsetAt(long rowCount) {
        return kafkaOffset + (rowCount - rows);
    }

    /** Whether this checkpoint states the right offset for an append that ends at a row count with the given row. */
    boolean describes(long rowCount, Row last) {
        return rowCount >= rows && offsetAt(rowCount) == last.offset();
    }

    /** The stream's next checkpoint. */
    Checkpoint next(long rowCount, Row last, long now) {
        return new Checkpoint(stream, sequence + 1, rowCount, last.offset(), last.timestamp(), now);
    }
}
