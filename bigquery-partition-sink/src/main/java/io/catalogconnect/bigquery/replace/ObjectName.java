package io.catalogconnect.bigquery.replace;

/**
 * Name of an S3 object.
 *
 * @param bucket the bucket
 * @param key the key in the bucket
 */
public record ObjectName(String bucket, String key) {

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
