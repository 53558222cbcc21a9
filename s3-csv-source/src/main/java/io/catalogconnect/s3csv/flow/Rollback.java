package io.catalogconnect.s3csv.flow;

import io.catalogconnect.s3csv.assign.UnreadObject;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import io.catalogconnect.s3csv.read.UnfinishedObjectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Takes an open transaction back, in three polls.
 *
 * <p>Connect stores the offsets that the records of an aborted transaction carry, as if the records had been sent. So the first
 * poll returns one more record for each object of the transaction, which carries the offset that is stored now. The second poll
 * aborts the transaction: Connect asks for it only after it has passed on every record of the first one. A worker that stops
 * between the two discards the transaction and stores nothing. The third poll continues with the objects.
 *
 * <p>For one thread.
 */
final class Rollback {

    private final UnfinishedObjectException failure;
    private final Map<SourcePartition, Delivery> objects = new LinkedHashMap<>();
    private final List<UnreadObject> again = new ArrayList<>();
    private boolean aborted;

    /**
     * @param failure the object that cannot be read to its end
     * @param deliveries the records of the open transaction, in order
     */
    Rollback(UnfinishedObjectException failure, List<Delivery> deliveries) {
        this.failure = failure;
        Map<Object, UnreadObject> starts = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            objects.putIfAbsent(SourcePartition.of(delivery.object()), delivery);
            starts.putIfAbsent(delivery.object(), delivery.start());
        }
        // The newest version of an object first, because the older one does not exist any more.
        starts.values().forEach(start -> again.add(0, start));
    }

    UnfinishedObjectException failure() {
        return failure;
    }

    /** The objects of the transaction. */
    List<SourcePartition> partitions() {
        return List.copyOf(objects.keySet());
    }

    /**
     * Records that carry the stored offsets. They are copies of records of the transaction, because these pass the
     * transformations and converters, and disappear with it.
     */
    List<SourceRecord> restoring(Map<SourcePartition, SourceOffset> stored) {
        List<SourceRecord> records = new ArrayList<>();
        objects.forEach((partition, delivery) ->
                records.add(RecordFactory.withOffset(delivery.carrier(), stored.get(partition))));
        return records;
    }

    /** The objects to read again, the newest version of an object first; the object that failed is one of them. */
    List<UnreadObject> again() {
        return again;
    }

    /** True once the transaction was aborted. */
    boolean isAborted() {
        return aborted;
    }

    void setAborted() {
        aborted = true;
    }
}
