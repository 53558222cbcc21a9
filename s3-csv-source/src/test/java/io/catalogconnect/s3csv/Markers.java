package io.catalogconnect.s3csv;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** A connector that marks the ends of objects, and its rows and end markers told apart, as short texts. */
final class Markers {

    /** The first line of its files. */
    static final String HEADER = "brand,category_id\n";

    private Markers() {}

    /** Its settings, to be changed at will. */
    static Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "s3.bucket", MemoryStore.BUCKET,
                "topic", "raw",
                "copy.topics", "team-a,team-b",
                "columns", "brand:string,category_id:int64",
                "file.date.pattern", "dt=(?<date>\\d{4}-\\d{2}-\\d{2})",
                "file.date.missing", "last-modified",
                "bad.rows", "skip",
                "s3.retry.attempts", "1",
                "object.end.markers", "true",
                "poll.interval.ms", "1"));
    }

    static boolean isMarker(SourceRecord record) {
        return record.headers().lastWithName("catalog.control") != null;
    }

    static String text(SourceRecord record) {
        return record.topic() + (isMarker(record) ? " end" : " row");
    }

    static String counts(SourceRecord record) {
        return isMarker(record)
                ? record.topic() + " rows=" + headers(record).get("object.rows") + " rejects="
                        + headers(record).get("object.rejects")
                : text(record);
    }

    static Map<String, Object> headers(SourceRecord record) {
        Map<String, Object> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        return headers;
    }
}
