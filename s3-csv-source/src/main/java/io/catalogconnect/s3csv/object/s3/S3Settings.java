package io.catalogconnect.s3csv.object.s3;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a bucket is and how it is asked.
 *
 * @param endpoint of an S3-compatible store; null for AWS
 * @param pathStyle true when the bucket is in the path, false when it is in the host name
 * @param requesterPays true when the reader agrees to be charged
 * @param customerKey the key that objects were encrypted with by their owner (SSE-C), as base64; null for none
 */
public record S3Settings(
        String bucket,
        String region,
        @Nullable URI endpoint,
        boolean pathStyle,
        S3Credentials credentials,
        boolean requesterPays,
        @Nullable String customerKey,
        Duration connectTimeout,
        Duration readTimeout) {

    @Override
    public String toString() {
        return "s3://" + bucket + " at " + place();
    }

    /** The endpoint, or AWS with its region. */
    String place() {
        return endpoint == null ? "AWS " + region : endpoint.toString();
    }
}
