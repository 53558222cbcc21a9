package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.record.RecordHeaders;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** A topic partition as s3-csv-source fills it: the rows of each object, then its end marker. */
final class ObjectLog {

    /** One version of an object. */
    record Version(String key, String etag, Instant modified, LocalDate date) {}

    final TopicPartition partition;
    private final List<SinkRecord> records = new ArrayList<>();

    ObjectLog(TopicPartition partition) {
        this.partition = partition;
    }

    static Version version(String key, String etag, String modified, String date) {
        return new Version(key, etag, Instant.parse(modified), LocalDate.parse(date));
    }

    /** Appends a version's rows, whose brand is the ETag, and its end marker. */
    ObjectLog deliver(Version version, int rows) {
        return rows(version, 0, rows).end(version, rows);
    }

    ObjectLog rows(Version version, int from, int to) {
        for (int row = from; row < to; row++) {
            ConnectHeaders headers = headers(version);
            headers.addLong(RecordHeaders.ROW.name(), row + 1L);
            Struct product = new Struct(SinkTaskFixture.PRODUCT)
                    .put("brand", version.etag())
                    .put("category_id", (long) row)
                    .put("comment", row % 2 == 0 ? null : "grün 🦊")
                    .put("catalog_date", day(version.date()));
            records.add(record(SinkTaskFixture.PRODUCT, product, version, headers));
        }
        return this;
    }

    ObjectLog end(Version version, long rows) {
        ConnectHeaders headers = headers(version);
        headers.addString(RecordHeaders.CONTROL.name(), RecordHeaders.OBJECT_END);
        headers.addLong(RecordHeaders.ROWS.name(), rows);
        headers.addLong(RecordHeaders.REJECTS.name(), 0);
        records.add(record(null, null, version, headers));
        return this;
    }

    /** The records from an offset. */
    List<SinkRecord> from(int offset) {
        return List.copyOf(records.subList(offset, records.size()));
    }

    int next() {
        return records.size();
    }

    private SinkRecord record(
            @Nullable Schema schema, @Nullable Object value, Version version, ConnectHeaders headers) {
        return new SinkRecord(
                partition.topic(),
                partition.partition(),
                Schema.STRING_SCHEMA,
                version.key(),
                schema,
                value,
                records.size(),
                null,
                org.apache.kafka.common.record.TimestampType.NO_TIMESTAMP_TYPE,
                headers);
    }

    private static ConnectHeaders headers(Version version) {
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString(RecordHeaders.BUCKET.name(), "catalog");
        headers.addString(RecordHeaders.KEY.name(), version.key());
        headers.addString(RecordHeaders.ETAG.name(), version.etag());
        headers.addString(RecordHeaders.MODIFIED.name(), version.modified().toString());
        // Connect's header converter converts a text that looks like a date to a date.
        headers.addDate(RecordHeaders.DATE.name(), day(version.date()));
        return headers;
    }

    private static Date day(LocalDate date) {
        return Date.from(date.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
