package io.catalogconnect.s3csv.record;

import io.catalogconnect.s3csv.object.ObjectRef;
import java.util.Date;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** The value of a record on the events topic. */
public final class ObjectEvent {

    /** What happened to an object. */
    public enum Kind {
        /** A version was overwritten. The new version starts next. */
        SUPERSEDED(
                "A version was overwritten. Some or all of its rows may have been sent. The event `started` of the new version"
                        + " follows."),
        /** The source starts to read a version. */
        STARTED("The source starts to read a version. Its rows follow."),
        /** Every row of a version was sent. */
        COMPLETED("Every row of a version was sent."),
        /** A version cannot be read to its end. */
        FAILED(
                "A version cannot be read to its end: it is damaged, or it has a malformed row and `bad.rows` is fail. The rows"
                        + " counted in `rows` are visible: none if the version fits into one transaction (`transaction.max.bytes`)."
                        + " Sent again after each restart."),
        /** The stored offset of an object is deleted, because a watermark replaces it. */
        RETIRED(
                "The stored offset of an object is deleted, because a watermark replaces it (`offsets.late.window.ms`)."),
        /** The watermark of a lane is stored. */
        WATERMARK("A watermark is stored for a source lane. `key` is `#` and the number of the lane.");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** The word in the field {@code event}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // Connect's constants for schemas are immutable.
    private enum Field {
        EVENT("event", Schema.STRING_SCHEMA, "What happened; see the table of events."),
        BUCKET("bucket", Schema.STRING_SCHEMA, "Bucket of the object."),
        KEY("key", Schema.STRING_SCHEMA, "Key of the object. It is also the key of the record."),
        ETAG(
                "etag",
                Schema.STRING_SCHEMA,
                "ETag of the version that the event is about; empty for `retired` and `watermark`."),
        SIZE(
                "size",
                Schema.INT64_SCHEMA,
                "Stored size, in bytes, of the version that the source is reading when it sends the event; 0 for `retired` and"
                        + " `watermark`."),
        LAST_MODIFIED(
                "last_modified",
                Timestamp.SCHEMA,
                "Last modification of the version that the source is reading when it sends the event; for `retired` and"
                        + " `watermark`, the time of the event."),
        ROWS(
                "rows",
                Schema.INT64_SCHEMA,
                "Number of rows sent before the event, of the version that the source is reading; malformed rows not included."),
        BAD_ROWS(
                "bad_rows",
                Schema.INT64_SCHEMA,
                "Number of malformed rows read before the event, of the version that the source is reading.");

        private final String field;
        private final Schema schema;
        private final String meaning;

        Field(String field, Schema schema, String meaning) {
            this.field = field;
            this.schema = schema;
            this.meaning = meaning;
        }
    }

    /** The schema of every event. */
    public static final Schema SCHEMA = schema();

    private ObjectEvent() {}

    private static Schema schema() {
        SchemaBuilder builder = SchemaBuilder.struct().name("io.catalogconnect.ObjectEvent");
        for (Field field : Field.values()) {
            builder.field(field.field, field.schema);
        }
        return builder.build();
    }

    /**
     * An event.
     *
     * @param object the version that is read now
     * @param etag the version that the event is about
     * @param rows rows sent so far, malformed rows not included
     */
    public static Struct of(Kind kind, ObjectRef object, String etag, long rows, long malformedRows) {
        return new Struct(SCHEMA)
                .put(Field.EVENT.field, kind.word())
                .put(Field.BUCKET.field, object.bucket())
                .put(Field.KEY.field, object.key())
                .put(Field.ETAG.field, etag)
                .put(Field.SIZE.field, object.size())
                .put(Field.LAST_MODIFIED.field, Date.from(object.lastModified()))
                .put(Field.ROWS.field, rows)
                .put(Field.BAD_ROWS.field, malformedRows);
    }

    /** A section of the reference page. */
    public static String reference() {
        StringBuilder tables = new StringBuilder("| field | type | meaning |\n|---|---|---|\n");
        for (Field field : Field.values()) {
            tables.append(
                    "| `" + field.field + "` | " + ContractTypes.nameOf(field.schema) + " | " + field.meaning + " |\n");
        }
        tables.append("\n| event | meaning |\n|---|---|\n");
        Stream.of(Kind.values()).forEach(kind -> tables.append("| `" + kind.word() + "` | " + kind.meaning + " |\n"));
        return tables.toString();
    }
}
