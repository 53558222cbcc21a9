package io.catalogconnect.bigquery.record;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * The headers and control values of s3-csv-source that this sink reads: its half of the contract between the two plugins.
 * No other class names a header of the source.
 */
public final class RecordHeaders {

    /** Type of a header's value. A header converter may change a value's Java class; the sink accepts its text too. */
    public enum Type {
        STRING,
        INT64,
        DATE,
        TIMESTAMP
    }

    /** Records that carry a header. */
    public enum On {
        ROWS_AND_END_MARKERS,
        ROWS,
        END_MARKERS
    }

    /**
     * A header.
     *
     * @param name the header's name
     * @param type the type of its value
     * @param on the records that carry it
     * @param meaning a noun phrase for the reference page
     */
    public record Definition(String name, Type type, On on, String meaning) {

        /** The last value of the header, or null. */
        @Nullable
        Object of(SinkRecord record) {
            Header header = record.headers().lastWithName(name);
            return header == null ? null : header.value();
        }
    }

    public static final Definition CONTROL = new Definition(
            "catalog.control",
            Type.STRING,
            On.END_MARKERS,
            "Kind of control record: `object-end`. Rows do not have this header.");
    public static final Definition BUCKET =
            new Definition("s3.bucket", Type.STRING, On.ROWS_AND_END_MARKERS, "Bucket of the S3 object.");
    public static final Definition KEY =
            new Definition("s3.key", Type.STRING, On.ROWS_AND_END_MARKERS, "Key of the S3 object.");
    public static final Definition ETAG =
            new Definition("s3.etag", Type.STRING, On.ROWS_AND_END_MARKERS, "ETag of the S3 object's content.");
    public static final Definition MODIFIED = new Definition(
            "s3.last.modified",
            Type.TIMESTAMP,
            On.ROWS_AND_END_MARKERS,
            "Last modification of the S3 object. The version with the later time is the newer one.");
    public static final Definition DATE = new Definition(
            "file.date",
            Type.DATE,
            On.ROWS_AND_END_MARKERS,
            "Date of the S3 object, which selects the partition that the object replaces.");
    public static final Definition ROW =
            new Definition("csv.row", Type.INT64, On.ROWS, "Number of the row in the S3 object, from 1.");
    public static final Definition ROWS = new Definition(
            "object.rows",
            Type.INT64,
            On.END_MARKERS,
            "Number of the object's rows that the source sent, before any transformation.");
    public static final Definition REJECTS = new Definition(
            "object.rejects",
            Type.INT64,
            On.END_MARKERS,
            "Number of malformed rows of the object, which the source did not send as rows.");

    /** Value of {@link #CONTROL} on an end marker: the record after an object's last row. */
    public static final String OBJECT_END = "object-end";

    /** All headers that this sink reads by default, in the order of the reference page. */
    public static final List<Definition> ALL = List.of(BUCKET, KEY, ETAG, MODIFIED, DATE, ROW, CONTROL, ROWS, REJECTS);

    private RecordHeaders() {}

    /** The control value of a record, or empty for a row or a tombstone. */
    static Optional<String> control(SinkRecord record) {
        return Optional.ofNullable(CONTROL.of(record)).map(Object::toString);
    }
}
