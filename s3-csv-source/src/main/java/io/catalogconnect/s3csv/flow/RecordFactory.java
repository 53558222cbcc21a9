package io.catalogconnect.s3csv.flow;

import io.catalogconnect.s3csv.assign.OffsetMove;
import io.catalogconnect.s3csv.assign.UnreadObject;
import io.catalogconnect.s3csv.config.Topics;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import io.catalogconnect.s3csv.read.Item;
import io.catalogconnect.s3csv.record.ObjectEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Creates the records of items: one for each copy topic first, the one for the main topic last.
 *
 * <p>The copies carry the progress before the row, and only the record for the main topic carries the progress after it.
 * Connect commits the offsets of an object in the order of its records, up to the first that is not acknowledged. So a row
 * counts as delivered when its last record is acknowledged, even if a filter drops all copies. For one thread.
 */
public final class RecordFactory {

    private final Topics topics;
    private @Nullable ObjectRef lastObject;
    private Map<String, String> lastPartition = Map.of();
    private @Nullable SourceOffset lastOffset;
    private Map<String, Object> lastMap = Map.of();

    public RecordFactory(Topics topics) {
        this.topics = topics;
    }

    /** The records of an item, in the order in which they must be sent. */
    public List<SourceRecord> recordsOf(Item item) {
        List<SourceRecord> records = new ArrayList<>();
        item.passTo(new Item.Receiver() {
            @Override
            public void row(Item.Row row) {
                Struct value = row.result().value();
                if (value == null) {
                    addMalformed(records, row);
                } else {
                    addToAllTopics(records, row, value.schema(), value, position(row));
                }
            }

            @Override
            public void end(Item.End end) {
                // Without a value, so that every converter accepts it and no schema changes.
                ConnectHeaders headers =
                        end.provenance().headersOfEnd(end.row() - end.malformedRows(), end.malformedRows());
                addToAllTopics(records, end, null, null, headers);
            }

            @Override
            public void event(Item.Event event) {
                Struct value = ObjectEvent.of(
                        event.kind(),
                        event.provenance().object(),
                        event.etag(),
                        event.row() - event.malformedRows(),
                        event.malformedRows());
                records.add(record(topics.events(), event, event.after(), ObjectEvent.SCHEMA, value, position(event)));
            }
        });
        return records;
    }

    /** The event that carries a change of stored offsets. */
    SourceRecord recordOf(OffsetMove move, String bucket, Instant now) {
        ObjectRef subject = new ObjectRef(bucket, move.subject(), "none", 0, now);
        return new DistinctRecord(
                move.partition(),
                move.offset(),
                topics.events(),
                move.subject(),
                ObjectEvent.SCHEMA,
                ObjectEvent.of(move.event(), subject, "", 0, 0),
                null);
    }

    /**
     * The event that an object failed.
     *
     * @param rest the object, with the progress up to which its rows are visible
     * @param stored the progress to store; null to delete what is stored
     */
    SourceRecord failed(UnreadObject rest, @Nullable SourceOffset stored) {
        ObjectRef object = rest.object();
        SourceOffset reached = rest.from();
        Struct value = ObjectEvent.of(
                ObjectEvent.Kind.FAILED,
                object,
                object.etag(),
                reached.rows() - reached.malformedRows(),
                reached.malformedRows());
        return new DistinctRecord(
                SourcePartition.of(object).toMap(),
                stored == null ? null : stored.toMap(),
                topics.events(),
                object.key(),
                ObjectEvent.SCHEMA,
                value,
                null);
    }

    /** A copy of a record that carries another offset; null deletes what is stored. */
    static SourceRecord withOffset(SourceRecord record, @Nullable SourceOffset offset) {
        return new DistinctRecord(
                record.sourcePartition(),
                offset == null ? null : offset.toMap(),
                record.topic(),
                (String) record.key(),
                record.valueSchema(),
                record.value(),
                record.headers());
    }

    private void addToAllTopics(
            List<SourceRecord> records,
            Item item,
            @Nullable Schema valueSchema,
            @Nullable Struct value,
            ConnectHeaders headers) {
        for (String copy : topics.copies()) {
            records.add(record(copy, item, item.before(), valueSchema, value, new ConnectHeaders(headers)));
        }
        records.add(record(topics.main(), item, item.after(), valueSchema, value, headers));
    }

    private void addMalformed(List<SourceRecord> records, Item.Row row) {
        // An array, because ByteArrayConverter accepts nothing else.
        byte[] bytes = new byte[row.bytes().remaining()];
        row.bytes().duplicate().get(bytes);
        ConnectHeaders headers = row.provenance().headersOfMalformed(row.row(), row.firstByte(), row.result());
        records.add(record(topics.malformedRows(), row, row.after(), Schema.BYTES_SCHEMA, bytes, headers));
    }

    private static ConnectHeaders position(Item item) {
        return item.provenance().headers(item.row(), item.firstByte());
    }

    /** The record key is the object's key, so that all records of an object on one topic are in one partition, in order. */
    private SourceRecord record(
            @Nullable String topic,
            Item item,
            SourceOffset offset,
            @Nullable Schema valueSchema,
            @Nullable Object value,
            ConnectHeaders headers) {
        ObjectRef object = item.provenance().object();
        return new DistinctRecord(partition(object), map(offset), topic, object.key(), valueSchema, value, headers);
    }

    /** All rows of an object share it. */
    private Map<String, String> partition(ObjectRef object) {
        if (!object.equals(lastObject)) {
            lastObject = object;
            lastPartition = SourcePartition.of(object).toMap();
        }
        return lastPartition;
    }

    /** The progress after a row is the progress before the next one: both share a map. */
    private Map<String, Object> map(SourceOffset offset) {
        if (!offset.equals(lastOffset)) {
            lastOffset = offset;
            lastMap = offset.toMap();
        }
        return lastMap;
    }
}
