package io.catalogconnect.catalogctl.live;

import java.time.Instant;

/**
 * An object that a source reads, as a listing of the bucket shows it.
 *
 * @param uri {@code s3://bucket/key}
 * @param etag the version
 * @param size the stored size in bytes
 * @param date date of the file; empty if its key has none
 * @param lane source lane of the object
 */
public record DeliveredObject(String uri, String etag, long size, Instant lastModified, String date, int lane) {
    private static final int SCHEME = "s3://".length();

    /** The key of the object. */
    public String key() {
        return uri.substring(uri.indexOf('/', SCHEME) + 1);
    }
}
