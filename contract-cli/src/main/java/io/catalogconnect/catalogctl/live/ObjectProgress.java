package io.catalogconnect.catalogctl.live;

import java.time.Instant;

/**
 * How far a source has read an object, by its committed offset.
 *
 * @param uri {@code s3://bucket/key}
 * @param etag the version that was read
 * @param position the next byte to read, of the decompressed object
 * @param size the stored size in bytes
 * @param rows rows read, malformed ones included
 * @param isDone whether the object has been read to its end
 */
public record ObjectProgress(
        String uri,
        String etag,
        long position,
        long size,
        Instant lastModified,
        long rows,
        long malformedRows,
        boolean isDone) {
    /** Bytes of the stored object that have been read; an estimate if the object is compressed. */
    public long bytesRead() {
        return isDone ? size : Math.min(position, size);
    }
}
