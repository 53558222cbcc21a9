package io.catalogconnect.s3csv;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** Rows and end markers told apart, as short texts. */
final class Markers {

    private Markers() {}

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
