package io.catalogconnect.s3csv.offset;

import io.catalogconnect.s3csv.csv.HeaderLine;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Checks offsets that a user wants to store: null for an object to read it again from its start, an offset to resume there. An
 * offset must be the start of a row, which only the user knows; its form is checked, so that no task fails on it.
 */
public final class AlteredOffsets {

    private AlteredOffsets() {}

    /**
     * Checks offsets by partition.
     *
     * @param bucket the connector's bucket; null if it is not known
     * @throws ConnectException that names the entry that is not valid
     */
    public static void check(@Nullable String bucket, Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            try {
                check(bucket, partition, offset);
            } catch (IllegalArgumentException e) {
                throw new ConnectException("The offset of " + partition + " cannot be set: " + e.getMessage(), e);
            }
        });
    }

    private static void check(@Nullable String bucket, Map<String, ?> partition, @Nullable Map<String, ?> offset) {
        if (partition.size() == 1 && partition.get(LaneWatermark.LANE) instanceof String) {
            if (offset != null) {
                LaneWatermark.fromMap(offset);
            }
            return;
        }
        SourcePartition object = SourcePartition.fromMap(partition);
        if (offset == null) {
            return;
        }
        if (bucket != null && !object.uri().startsWith("s3://" + bucket + "/")) {
            throw new IllegalArgumentException(object.uri() + " is not in this connector's bucket, " + bucket);
        }
        SourceOffset position = SourceOffset.fromMap(offset);
        HeaderLine.decodeNullable(position.header());
        if (position.done() && position.nextByte() == 0 && position.size() > 0) {
            throw new IllegalArgumentException(
                    "st is done and byte is 0: no row of the object would be read. To read it"
                            + " again, set the offset to null");
        }
    }
}
