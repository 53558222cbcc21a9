package io.catalogconnect.s3csv.object;

import java.time.Instant;

/**
 * One version of an object, as a listing showed it.
 *
 * @param etag names the content, without quotes
 * @param size in bytes, as stored
 * @param lastModified with the store's resolution, for S3 one second
 */
public record ObjectRef(String bucket, String key, String etag, long size, Instant lastModified) {

    public ObjectRef {
        if (bucket.isEmpty() || key.isEmpty() || etag.isEmpty()) {
            throw new IllegalArgumentException("An object has a bucket, a key and an ETag");
        }
        if (size < 0) {
            throw new IllegalArgumentException("size is " + size + " for " + MessageText.of(key) + ", negative");
        }
    }

    /** The object's address, the same for every version of it: {@code s3://bucket/key}. */
    public String uri() {
        return "s3://" + bucket + "/" + key;
    }

    /** The address for messages, with control characters escaped. */
    @Override
    public String toString() {
        return MessageText.escaped(uri());
    }
}
