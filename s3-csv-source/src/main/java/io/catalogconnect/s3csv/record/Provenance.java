package io.catalogconnect.s3csv.record;

import io.catalogconnect.s3csv.object.ObjectRef;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;

/** Headers with the origin of a record: object, version and row identify a row permanently. Immutable. */
public final class Provenance {

    private final ObjectRef object;
    private final ConnectHeaders ofObject;

    /**
     * For the records of one object.
     *
     * @param fileDate date of the file
     * @param keyGroups texts of the named groups in the object's key
     */
    public Provenance(ObjectRef object, LocalDate fileDate, Map<String, String> keyGroups) {
        this.object = object;
        this.ofObject = ofObject(object, fileDate, keyGroups);
    }

    /** The object that the records are from. */
    public ObjectRef object() {
        return object;
    }

    /**
     * New headers for a row or an event.
     *
     * @param row number of the row in the file, from 1, malformed rows included
     * @param firstByte position of the row's first byte in the decompressed object
     */
    public ConnectHeaders headers(long row, long firstByte) {
        ConnectHeaders headers = ofObject();
        RecordHeader.ROW.addTo(headers, row);
        RecordHeader.BYTE.addTo(headers, firstByte);
        return headers;
    }

    /** New headers for a malformed row. */
    public ConnectHeaders headersOfMalformed(long row, long firstByte, RowResult result) {
        ConnectHeaders headers = headers(row, firstByte);
        RecordHeader.COLUMN.addTo(headers, result.column());
        RecordHeader.REASON.addTo(headers, result.reason());
        return headers;
    }

    /**
     * New headers for the end marker of the object.
     *
     * @param rows rows that were sent, malformed rows not included
     */
    public ConnectHeaders headersOfEnd(long rows, long malformedRows) {
        ConnectHeaders headers = ofObject();
        RecordHeader.CONTROL.addTo(headers, RecordHeader.OBJECT_END);
        RecordHeader.OBJECT_ROWS.addTo(headers, rows);
        RecordHeader.OBJECT_REJECTS.addTo(headers, malformedRows);
        return headers;
    }

    /** New headers with those that all records of the object have in common. The header instances are shared. */
    private ConnectHeaders ofObject() {
        return new ConnectHeaders(ofObject);
    }

    private static ConnectHeaders ofObject(ObjectRef object, LocalDate fileDate, Map<String, String> keyGroups) {
        ConnectHeaders headers = new ConnectHeaders();
        RecordHeader.BUCKET.addTo(headers, object.bucket());
        RecordHeader.KEY.addTo(headers, object.key());
        RecordHeader.ETAG.addTo(headers, object.etag());
        RecordHeader.LAST_MODIFIED.addTo(headers, object.lastModified().toString());
        RecordHeader.FILE_DATE.addTo(headers, fileDate.toString());
        new TreeMap<>(keyGroups)
                .forEach((name, text) -> headers.add(RecordHeader.KEY_GROUP_PREFIX + name, text, Schema.STRING_SCHEMA));
        return headers;
    }
}
