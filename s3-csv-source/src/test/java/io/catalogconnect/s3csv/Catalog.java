package io.catalogconnect.s3csv;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Files of products on three topics: what a task's settings are, and what is in a record. */
final class Catalog {

    /** The first line of every file. */
    static final String HEADER = "brand,category_id,comment\n";

    private Catalog() {}

    /** The settings, for a test to change. */
    static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(Map.of(
                "s3.bucket", MemoryStore.BUCKET,
                "s3.prefix", "catalog/",
                "topic", "raw",
                "copy.topics", "team-a,team-b",
                "columns", "brand:string,category_id:int64,comment:string?",
                "record.name", "io.catalogconnect.Product",
                "file.date.pattern", "dt=(?<date>\\d{4}-\\d{2}-\\d{2})",
                "file.date.column", "catalog_date",
                "poll.interval.ms", "1",
                "s3.retry.backoff.ms", "0"));
        properties.put("file.date.missing", "last-modified");
        return properties;
    }

    /** A file whose rows have a million bytes each. */
    static byte[] largeRows(int rows) {
        String brand = "x".repeat(1_000_000 - ",1,\n".length());
        return (HEADER + (brand + ",1,\n").repeat(rows)).getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, Object> offset(SourceRecord record) {
        return new HashMap<>(record.sourceOffset());
    }

    static Object value(SourceRecord record, String field) {
        return ((Struct) record.value()).get(field);
    }
}
