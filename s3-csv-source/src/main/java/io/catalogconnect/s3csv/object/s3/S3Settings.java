package io.catalogconnect.s3csv.object.s3;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.RequestPayer;

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

    /** What a request says about who pays; null for nothing. */
    @Nullable
    RequestPayer payer() {
        return requesterPays ? RequestPayer.REQUESTER : null;
    }

    /** What a request says about the customer's key beside the key; null for nothing. */
    @Nullable
    String customerAlgorithm() {
        return customerKey == null ? null : "AES256";
    }

    /** The check sum that goes with the key; null without one. */
    @Nullable
    String customerKeyMd5() {
        if (customerKey == null) {
            return null;
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(Base64.getDecoder().decode(customerKey));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    @Override
    public String toString() {
        return "s3://" + bucket + " at " + place();
    }

    /** The endpoint, or AWS with its region. */
    String place() {
        return endpoint == null ? "AWS " + region : endpoint.toString();
    }
}
