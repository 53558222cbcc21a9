package io.catalogconnect.bigquery.replace;

/**
 * Which object.
 *
 * @param bucket its bucket
 * @param key its key in the bucket
 */
public record ObjectName(String bucket, String key) {

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
