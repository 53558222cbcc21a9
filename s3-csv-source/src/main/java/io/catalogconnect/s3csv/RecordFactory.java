package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.assign.OffsetMove;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import io.catalogconnect.s3csv.read.Item;
import io.catalogconnect.s3csv.record.ObjectEvents;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Items to Connect's records: a copy for each copy topic first, the one for the main topic last.
 *
 * <p>The copies carry the progress from before the row and only the last record carries the row's own. Connect commits an
 * object's offsets in the order in which its records were handed over and up to the first that is not acknowledged, so the
 * row counts as delivered when the last of its records is, even when a filter drops all copies. For one thread.
 */
final class RecordFactory {

    private final String topic;
    private final List<String> copyTopics;
    private final @Nullable String badRowsTopic;
    private final @Nullable String eventsTopic;
    private @Nullable ObjectRef lastObject;
    private Map<String, String> lastPartition = Map.of();
    private @Nullable SourceOffset lastOffset;
    private Map<String, Object> lastMap = Map.of();

    /** Topics that are null get nothing, because there is no item for them then. */
    RecordFactory(String topic, List<String> copyTopics, @Nullable String badRowsTopic, @Nullable String eventsTopic) {
        this.topic = topic;
        this.copyTopics = List.copyOf(copyTopics);
        this.badRowsTopic = badRowsTopic;
        this.eventsTopic = eventsTopic;
    }

    /** Adds an item's records, in the order in which they must be sent. */
    void addTo(List<SourceRecord> records, Item item) {
        Map<String, String> partition = partition(item.provenance().object());
        if (item instanceof Item.Good good) {
            Map<String, Object> before = map(item.before());
            for (String copy : copyTopics) {
                records.add(row(partition, before, copy, good));
            }
            records.add(row(partition, map(item.after()), topic, good));
        } else if (item instanceof Item.Reject reject) {
            records.add(rejected(partition, map(item.after()), reject));
        } else if (item instanceof Item.End end) {
            Map<String, Object> before = map(item.before());
            for (String copy : copyTopics) {
                records.add(marker(partition, before, copy, end));
            }
            records.add(marker(partition, map(item.after()), topic, end));
        } else if (item instanceof Item.Event event) {
            records.add(event(partition, map(item.after()), event));
        }
    }

    /** The event that carries a move of offsets. */
    SourceRecord moved(OffsetMove move, String bucket, Instant now) {
        ObjectRef subject = new ObjectRef(bucket, move.subject(), "none", 0, now);
        return new DistinctRecord(
                move.partition(),
                move.offset(),
                eventsTopic,
                move.subject(),
                ObjectEvents.SCHEMA,
                ObjectEvents.of(move.event(), subject, "", 0, 0),
                null);
    }

    private SourceRecord event(Map<String, String> partition, Map<String, Object> offset, Item.Event item) {
        ObjectRef object = item.provenance().object();
        Struct event = ObjectEvents.of(
                item.kind().name().toLowerCase(Locale.ROOT), object, item.etag(), item.row(), item.badRows());
        return record(partition, offset, eventsTopic, item, ObjectEvents.SCHEMA, event, placeOf(item));
    }

    private static SourceRecord row(
            Map<String, String> partition, Map<String, Object> offset, String topic, Item.Good item) {
        return record(partition, offset, topic, item, item.value().schema(), item.value(), placeOf(item));
    }

    /** No value, so that every converter takes it and no schema changes for it. */
    private static SourceRecord marker(
            Map<String, String> partition, Map<String, Object> offset, String topic, Item.End item) {
        ConnectHeaders headers = item.provenance().ofEnd(item.row(), item.badRows());
        return record(partition, offset, topic, item, null, null, headers);
    }

    private SourceRecord rejected(Map<String, String> partition, Map<String, Object> offset, Item.Reject item) {
        // An array, because the converter for bytes takes nothing else.
        byte[] bytes = new byte[item.bytes().remaining()];
        item.bytes().duplicate().get(bytes);
        ConnectHeaders headers = placeOf(item);
        headers.addString("csv.column", item.column());
        headers.addString("csv.reason", item.reason());
        return record(partition, offset, badRowsTopic, item, Schema.BYTES_SCHEMA, bytes, headers);
    }

    private static ConnectHeaders placeOf(Item item) {
        return item.provenance().headers(item.row(), item.firstByte());
    }

    /** Under the object's key, so that everything of an object that is on one topic is in one partition, in order. */
    private static SourceRecord record(
            Map<String, String> partition,
            Map<String, Object> offset,
            @Nullable String topic,
            Item item,
            @Nullable Schema valueSchema,
            @Nullable Object value,
            ConnectHeaders headers) {
        String key = item.provenance().object().key();
        return new DistinctRecord(partition, offset, topic, key, valueSchema, value, headers);
    }

    /** All rows of an object share it. */
    private Map<String, String> partition(ObjectRef object) {
        if (!object.equals(lastObject)) {
            lastObject = object;
            lastPartition = SourcePartition.of(object).toMap();
        }
        return lastPartition;
    }

    /** One row's progress after is the next row's progress before: the map is made once. */
    private Map<String, Object> map(SourceOffset offset) {
        if (!offset.equals(lastOffset)) {
            lastOffset = offset;
            lastMap = offset.toMap();
        }
        return lastMap;
    }
}
