package io.catalogconnect.s3csv;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that equals itself only. A worker keeps the records that end a transaction in sets, and asks these about every
 * record it sends; two records with the same contents are still two places in the stream, and a hash over all of a row's
 * contents, several times a record, is a fifth of a task's time.
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
