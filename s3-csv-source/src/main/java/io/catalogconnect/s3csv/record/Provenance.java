package io.catalogconnect.s3csv.record;

import io.catalogconnect.s3csv.object.ObjectRef;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;

/**
 * The headers that say where a row came from. With the ETag and the row's number they name a row for ever. Immutable.
 */
public final class Provenance {

    /** The header that only records have which are no data. */
    public static final String CONTROL = "catalog.control";

    /** What {@link #CONTROL} says behind an object's last row. */
    public static final String OBJECT_END = "object-end";

    private final ObjectRef object;
    private final ConnectHeaders ofObject;

    /**
     * For the rows of one object.
     *
     * @param fileDate the date of the file that the rows are from
     * @param keyGroups named parts of the object's key
     */
    public Provenance(ObjectRef object, LocalDate fileDate, Map<String, String> keyGroups) {
        this.object = object;
        this.ofObject = ofObject(object, fileDate, keyGroups);
    }

    /** The object that the rows are from. */
    public ObjectRef object() {
        return object;
    }

    /**
     * New headers for one record.
     *
     * @param row the row's number in the file, from one; bad rows count
     * @param firstByte the row's, in the decoded stream
     */
    public ConnectHeaders headers(long row, long firstByte) {
        ConnectHeaders headers = ofObject();
        headers.add("csv.row", row, Schema.INT64_SCHEMA);
        headers.add("csv.byte", firstByte, Schema.INT64_SCHEMA);
        return headers;
    }

    /**
     * New headers for the record that ends the object.
     *
     * @param rows of the object, bad ones included
     */
    public ConnectHeaders ofEnd(long rows, long badRows) {
        ConnectHeaders headers = ofObject();
        headers.add(CONTROL, OBJECT_END, Schema.STRING_SCHEMA);
        headers.add("object.rows", rows - badRows, Schema.INT64_SCHEMA);
        headers.add("object.rejects", badRows, Schema.INT64_SCHEMA);
        return headers;
    }

    /** New headers with those that all of the object's records have; the headers themselves are shared. */
    private ConnectHeaders ofObject() {
        return new ConnectHeaders(ofObject);
    }

    private static ConnectHeaders ofObject(ObjectRef object, LocalDate fileDate, Map<String, String> keyGroups) {
        ConnectHeaders headers = new ConnectHeaders();
        headers.add("s3.bucket", object.bucket(), Schema.STRING_SCHEMA);
        headers.add("s3.key", object.key(), Schema.STRING_SCHEMA);
        headers.add("s3.etag", object.etag(), Schema.STRING_SCHEMA);
        headers.add("s3.last.modified", object.lastModified().toString(), Schema.STRING_SCHEMA);
        headers.add("file.date", fileDate.toString(), Schema.STRING_SCHEMA);
        new TreeMap<>(keyGroups).forEach((name, text) -> headers.add("object.key." + name, text, Schema.STRING_SCHEMA));
        return headers;
    }
}
