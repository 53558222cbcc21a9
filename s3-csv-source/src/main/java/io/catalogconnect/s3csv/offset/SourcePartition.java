package io.catalogconnect.s3csv.offset;

import io.catalogconnect.s3csv.object.ObjectRef;
import java.util.Map;

/**
 * What an offset is about: one object, whatever its version. The map has one key, because Connect compares it as JSON text
 * and the order of two keys is not fixed.
 *
 * @param uri {@code s3://bucket/key}
 */
public record SourcePartition(String uri) {

    /** The only key of the map. */
    public static final String OBJECT = "object";

    private static final String SCHEME = "s3://";

    public SourcePartition {
        int slash = uri.startsWith(SCHEME) ? uri.indexOf('/', SCHEME.length()) : -1;
        if (slash <= SCHEME.length() || slash == uri.length() - 1) {
            throw new IllegalArgumentException(OBJECT + " is '" + uri + "', not like s3://bucket/key");
        }
    }

    public static SourcePartition of(ObjectRef object) {
        return new SourcePartition(object.uri());
    }

    /**
     * Reads what Connect stores.
     *
     * @throws IllegalArgumentException that says what is wrong with the map
     */
    public static SourcePartition fromMap(Map<String, ?> map) {
        if (map.size() != 1 || !(map.get(OBJECT) instanceof String uri)) {
            throw new IllegalArgumentException(
                    "A partition is " + map + ", not like {\"" + OBJECT + "\": \"s3://bucket/key\"}");
        }
        return new SourcePartition(uri);
    }

    public Map<String, String> toMap() {
        return Map.of(OBJECT, uri);
    }
}
