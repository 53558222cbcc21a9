package io.catalogconnect.s3csv.flow;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that is equal only to itself. The worker keeps records that end a transaction in a set and looks up every record it
 * sends there. Two records with the same contents are two positions in the stream, and hashing the contents of every record
 * several times takes a fifth of a task's time.
 */
final class DistinctRecord extends SourceRecord {

    DistinctRecord(
            Map<String, ?> sourcePartition,
            @Nullable Map<String, ?> sourceOffset,
            @Nullable String topic,
            String key,
            @Nullable Schema valueSchema,
            @Nullable Object value,
            @Nullable Iterable<Header> headers) {
        super(sourcePartition, sourceOffset, topic, null, Schema.STRING_SCHEMA, key, valueSchema, value, null, headers);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
