package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.assign.ProgressLookup;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Progress as Connect stored it. */
final class StoredProgress implements ProgressLookup {

    private final OffsetStorageReader reader;

    StoredProgress(OffsetStorageReader reader) {
        this.reader = reader;
    }

    @Override
    public Map<SourcePartition, SourceOffset> of(Collection<SourcePartition> partitions) {
        Map<SourcePartition, SourceOffset> progress = new HashMap<>();
        reader.offsets(partitions.stream().map(SourcePartition::toMap).toList()).forEach((partition, offset) -> {
            if (offset != null) {
                try {
                    progress.put(SourcePartition.fromMap(partition), SourceOffset.fromMap(offset));
                } catch (IllegalArgumentException e) {
                    throw new ConnectException(
                            "The stored offset of " + partition + " cannot be read: " + e.getMessage()
                                    + ". Correct it, or delete it, with PATCH /connectors/<name>/offsets",
                            e);
                }
            }
        });
        return progress;
    }
}
