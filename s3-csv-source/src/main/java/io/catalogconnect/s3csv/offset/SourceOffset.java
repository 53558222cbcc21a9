package io.catalogconnect.s3csv.offset;

import io.catalogconnect.s3csv.object.ObjectRef;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far one version of an object was read.
 *
 * @param etag the version
 * @param size the version's bytes as stored
 * @param lastModified the version's, in milliseconds since 1970
 * @param nextByte the first byte of the next record in the decoded stream
 * @param rows number of rows before that byte, malformed rows included
 * @param malformedRows number of malformed rows among them
 * @param header the names of the columns as one CSV line; null when the file has no header or it is not known
 */
public record SourceOffset(
        String etag,
        long size,
        long lastModified,
        long nextByte,
        long rows,
        long malformedRows,
        @Nullable String header,
        State state) {

    /** The only version of this format so far. */
    public static final long VERSION = 1;

    private static final Set<String> KEYS = Set.of("v", "etag", "size", "lm", "byte", "row", "bad", "hdr", "st");

    /** Whether rows are left. */
    public enum State {
        OPEN("open"),
        DONE("done");

        private final String text;

        State(String text) {
            this.text = text;
        }

        static State of(String text) {
            for (State state : values()) {
                if (state.text.equals(text)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("st is '" + text + "', not open or done");
        }
    }

    public SourceOffset {
        if (etag.isEmpty()) {
            throw new IllegalArgumentException("etag is empty");
        }
        requireNotNegative("size", size);
        requireNotNegative("byte", nextByte);
        requireNotNegative("row", rows);
        if (malformedRows < 0 || malformedRows > rows) {
            throw new IllegalArgumentException("bad is " + malformedRows + ": it must be 0 to row, which is " + rows);
        }
    }

    private static void requireNotNegative(String key, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(key + " is " + value + ", negative");
        }
    }

    /** The place before the first byte of a version. */
    public static SourceOffset start(ObjectRef object) {
        return new SourceOffset(
                object.etag(), object.size(), object.lastModified().toEpochMilli(), 0, 0, 0, null, State.OPEN);
    }

    /** The same version, read up to here. */
    public SourceOffset at(
            long newNextByte, long newRows, long newMalformedRows, @Nullable String newHeader, State newState) {
        return new SourceOffset(etag, size, lastModified, newNextByte, newRows, newMalformedRows, newHeader, newState);
    }

    public boolean done() {
        return state == State.DONE;
    }

    /** True when this is the progress in that very version. */
    public boolean isOf(ObjectRef object) {
        return etag.equals(object.etag());
    }

    /**
     * Reads what Connect stores or a person wrote.
     *
     * @throws IllegalArgumentException that says which key is wrong
     */
    public static SourceOffset fromMap(Map<String, ?> map) {
        for (String key : map.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("An offset has the key '" + key
                        + "', which is not one of v, etag, size," + " lm, byte, row, bad, hdr, st");
            }
        }
        long version = number(map, "v");
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "v is " + version + ", and this version of the connector reads " + VERSION);
        }
        long nextByte = number(map, "byte");
        long rows = number(map, "row");
        if ((nextByte == 0) && rows != 0) {
            throw new IllegalArgumentException("byte is 0 and row is " + rows + ": no row is before the first byte");
        }
        return new SourceOffset(
                text(map, "etag"),
                number(map, "size"),
                number(map, "lm"),
                nextByte,
                rows,
                map.get("bad") == null ? 0 : number(map, "bad"),
                map.get("hdr") == null ? null : text(map, "hdr"),
                State.of(text(map, "st")));
    }

    private static long number(Map<String, ?> map, String key) {
        Object value = map.get(key);
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException(
                key + " is " + (value == null ? "missing" : "'" + value + "', not a whole number"));
    }

    private static String text(Map<String, ?> map, String key) {
        Object value = map.get(key);
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(key + " is " + (value == null ? "missing" : "'" + value + "', not a text"));
    }

    /**
     * What Connect stores: a view that is filled when somebody looks. A transaction's records wait with theirs, thousands, and
     * only the last one's is stored.
     */
    public Map<String, Object> toMap() {
        return new View(this);
    }

    private static final class View extends AbstractMap<String, Object> {
        private final SourceOffset offset;

        View(SourceOffset offset) {
            this.offset = offset;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return Collections.unmodifiableMap(offset.entries()).entrySet();
        }
    }

    private Map<String, Object> entries() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("v", VERSION);
        map.put("etag", etag);
        map.put("size", size);
        map.put("lm", lastModified);
        map.put("byte", nextByte);
        map.put("row", rows);
        if (malformedRows > 0) {
            map.put("bad", malformedRows);
        }
        if (header != null) {
            map.put("hdr", header);
        }
        map.put("st", state.text);
        return map;
    }
}
