package io.catalogconnect.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * How far the source has read an object, by its committed offset.
 *
 * @param uri {@code s3://bucket/key}
 * @param etag the entity tag, without quotes
 * @param position the next byte to read, of the decompressed object
 * @param size the stored size in bytes
 * @param rows rows read, malformed ones included
 * @param malformedRows malformed rows among them
 * @param done whether the object has been read to its end
 */
public record ObjectOffset(
        String uri, String etag, long position, long size, long rows, long malformedRows, boolean done) {
    /** Reads the offsets of objects in the answer of Connect's REST API; offsets of lanes are left out. */
    public static List<ObjectOffset> of(List<JsonNode> offsets) {
        return offsets.stream()
                .filter(entry -> entry.path("partition").has("object"))
                .map(entry -> of(entry.path("partition").path("object").asText(), entry.path("offset")))
                .toList();
    }

    private static ObjectOffset of(String uri, JsonNode offset) {
        return new ObjectOffset(
                uri,
                offset.path("etag").asText(),
                offset.path("byte").asLong(),
                offset.path("size").asLong(),
                offset.path("row").asLong(),
                offset.path("bad").asLong(),
                offset.path("st").asText().equals("done"));
    }

    /** Bytes of the stored object that have been read; an estimate if the object is compressed. */
    public long bytesRead() {
        return done ? size : Math.min(position, size);
    }
}
