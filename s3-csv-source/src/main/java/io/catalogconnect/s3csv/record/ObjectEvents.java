package io.catalogconnect.s3csv.record;

import io.catalogconnect.s3csv.object.ObjectRef;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** What the events topic is told about an object. */
public final class ObjectEvents {

    /** The schema of every event. */
    public static final Schema SCHEMA = SchemaBuilder.struct()
            .name("io.catalogconnect.ObjectEvent")
            .field("event", Schema.STRING_SCHEMA)
            .field("bucket", Schema.STRING_SCHEMA)
            .field("key", Schema.STRING_SCHEMA)
            .field("etag", Schema.STRING_SCHEMA)
            .field("size", Schema.INT64_SCHEMA)
            .field("last_modified", Timestamp.SCHEMA)
            .field("rows", Schema.INT64_SCHEMA)
            .field("bad_rows", Schema.INT64_SCHEMA)
            .build();

    private ObjectEvents() {}

    /**
     * An event.
     *
     * @param event what happened, in lower case
     * @param object the version that is there now
     * @param etag the version it happened to
     * @param rows read so far, bad ones included
     */
    public static Struct of(String event, ObjectRef object, String etag, long rows, long badRows) {
        return new Struct(SCHEMA)
                .put("event", event)
                .put("bucket", object.bucket())
                .put("key", object.key())
                .put("etag", etag)
                .put("size", object.size())
                .put("last_modified", Date.from(object.lastModified()))
                .put("rows", rows)
                .put("bad_rows", badRows);
    }
}
