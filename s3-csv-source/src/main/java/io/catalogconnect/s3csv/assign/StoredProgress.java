package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.offset.LaneWatermark;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Reads progress from Connect's offset storage. */
public final class StoredProgress implements ProgressLookup {

    private final OffsetStorageReader reader;

    public StoredProgress(OffsetStorageReader reader) {
        this.reader = reader;
    }

    /** The watermarks, by lane, of the lanes that have one. */
    public Map<Integer, Long> watermarks(String scope) {
        Map<Map<String, String>, Integer> lanes = new HashMap<>();
        for (int lane = 0; lane < LaneAssigner.LANES; lane++) {
            lanes.put(LaneWatermark.partition(scope, lane), lane);
        }
        Map<Integer, Long> watermarks = new HashMap<>();
        reader.offsets(lanes.keySet()).forEach((partition, offset) -> {
            Integer lane = lanes.get(partition);
            if (lane != null && offset != null) {
                try {
                    watermarks.put(lane, LaneWatermark.fromMap(offset));
                } catch (IllegalArgumentException e) {
                    throw unreadable(partition, e);
                }
            }
        });
        return watermarks;
    }

    private static ConnectException unreadable(Map<String, ?> partition, IllegalArgumentException problem) {
        return new ConnectException(
                "The stored offset of " + partition + " cannot be read: " + problem.getMessage()
                        + ". Correct it, or delete it, with PATCH /connectors/<name>/offsets",
                problem);
    }

    @Override
    public Map<SourcePartition, SourceOffset> of(Collection<SourcePartition> partitions) {
        Map<SourcePartition, SourceOffset> progress = new HashMap<>();
        reader.offsets(partitions.stream().map(SourcePartition::toMap).toList()).forEach((partition, offset) -> {
            if (offset != null) {
                try {
                    progress.put(SourcePartition.fromMap(partition), SourceOffset.fromMap(offset));
                } catch (IllegalArgumentException e) {
                    throw unreadable(partition, e);
                }
            }
        });
        return progress;
    }
}
