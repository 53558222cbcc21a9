package io.catalogconnect.s3csv.flow;

import io.catalogconnect.s3csv.assign.UnreadObject;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.read.Item;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/** The records of one object in a batch or in the open transaction, and where the object must be read again without them. For one thread. */
final class Delivery {

    private final UnreadObject start;
    private int firstRecord;
    private SourceRecord carrier;
    private boolean carrierIsRow;
    private int items;
    private int records;
    private long decodedBytes;
    private boolean done;

    /**
     * Starts with no record.
     *
     * @param start the object, with the progress before the first record
     * @param firstRecord index of the first record in its batch
     * @param carrier record of the object that moves its offset
     */
    Delivery(UnreadObject start, int firstRecord, SourceRecord carrier) {
        this.start = start;
        this.firstRecord = firstRecord;
        this.carrier = carrier;
    }

    /** Adds the records of an item. */
    void add(Item item, List<SourceRecord> added) {
        if (!carrierIsRow && item.rowsSent() > 0) {
            carrier = added.get(added.size() - 1);
            carrierIsRow = true;
        }
        items++;
        records += added.size();
        decodedBytes += item.decodedBytes();
        done = item.after().done();
    }

    UnreadObject start() {
        return start;
    }

    ObjectRef object() {
        return start.object();
    }

    /** Index of the first record in its batch. */
    int firstRecord() {
        return firstRecord;
    }

    /** The batch now starts with this object. */
    void moveToStart() {
        firstRecord = 0;
    }

    /** A record that moves the object's offset and that no transformation drops. */
    SourceRecord carrier() {
        return carrier;
    }

    int items() {
        return items;
    }

    int records() {
        return records;
    }

    /** Number of bytes of the decompressed object that the items were read from. */
    long decodedBytes() {
        return decodedBytes;
    }

    /** True if the last record ends the object. */
    boolean isDone() {
        return done;
    }
}
