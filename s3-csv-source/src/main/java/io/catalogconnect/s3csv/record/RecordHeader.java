package io.catalogconnect.s3csv.record;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;

/** The headers of the connector's records: the part of its contract that other plugins and consumers rely on. */
@SuppressWarnings("ImmutableEnumChecker") // Connect's constants for schemas are immutable.
public enum RecordHeader {
    BUCKET("s3.bucket", Schema.STRING_SCHEMA, "all", "Bucket of the object."),
    KEY("s3.key", Schema.STRING_SCHEMA, "all", "Key of the object. It is also the key of the record."),
    ETAG("s3.etag", Schema.STRING_SCHEMA, "all", "ETag of the version of the object that was read."),
    LAST_MODIFIED(
            "s3.last.modified",
            Schema.STRING_SCHEMA,
            "all",
            "Last modification of the object, as an ISO 8601 instant."),
    FILE_DATE(
            "file.date",
            Schema.STRING_SCHEMA,
            "all",
            "Date of the file, as yyyy-MM-dd: from the key (`file.date.pattern`), or the day of the last modification in"
                    + " UTC."),
    ROW(
            "csv.row",
            Schema.INT64_SCHEMA,
            "row, malformed row, event",
            "Number of the row in the file, from 1, malformed rows included. In an event: number of rows read before the"
                    + " event, malformed rows included."),
    BYTE(
            "csv.byte",
            Schema.INT64_SCHEMA,
            "row, malformed row, event",
            "Position of the row's first byte in the decompressed object, from 0. In an event: position of the next row, or of"
                    + " the end of the object."),
    COLUMN(
            "csv.column",
            Schema.STRING_SCHEMA,
            "malformed row",
            "Name of the column whose cell is malformed; empty if the row is malformed as a whole."),
    REASON("csv.reason", Schema.STRING_SCHEMA, "malformed row", "Reason why the row is malformed, with its position."),
    CONTROL(
            "catalog.control",
            Schema.STRING_SCHEMA,
            "end marker",
            "Kind of a control record. The only value, `" + Values.OBJECT_END
                    + "`, means that every row of the object was sent before this record."),
    OBJECT_ROWS(
            "object.rows",
            Schema.INT64_SCHEMA,
            "end marker",
            "Number of rows of the object that were sent, malformed rows not included."),
    OBJECT_REJECTS("object.rejects", Schema.INT64_SCHEMA, "end marker", "Number of malformed rows of the object.");

    /** Prefix of the headers for the named groups of {@code object.key.pattern}. */
    public static final String KEY_GROUP_PREFIX = "object.key.";

    /** The value of {@link #CONTROL} in an end marker. */
    public static final String OBJECT_END = Values.OBJECT_END;

    private static final class Values {
        private static final String OBJECT_END = "object-end";
    }

    private final String key;
    private final Schema schema;
    private final String records;
    private final String meaning;

    RecordHeader(String key, Schema schema, String records, String meaning) {
        this.key = key;
        this.schema = schema;
        this.records = records;
        this.meaning = meaning;
    }

    /** Name of the header. */
    public String key() {
        return key;
    }

    /** Adds the header to a record's headers. */
    public void addTo(ConnectHeaders headers, Object value) {
        headers.add(key, value, schema);
    }

    /** A section of the reference page. */
    public static String reference() {
        StringBuilder table = new StringBuilder("| header | type | records | meaning |\n|---|---|---|---|\n");
        for (RecordHeader header : values()) {
            table.append(line(header.key, header.schema, header.records, header.meaning));
        }
        return table.append(line(
                        KEY_GROUP_PREFIX + "<group>",
                        Schema.STRING_SCHEMA,
                        "all",
                        "Text that the named group of `object.key.pattern` matches in the key."))
                .toString();
    }

    private static String line(String key, Schema schema, String records, String meaning) {
        return "| `" + key + "` | " + ContractTypes.nameOf(schema) + " | " + records + " | " + meaning + " |\n";
    }
}
