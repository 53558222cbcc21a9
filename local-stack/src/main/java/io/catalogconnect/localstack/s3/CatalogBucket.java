package io.catalogconnect.localstack.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** A bucket that files are delivered to; catalogues are at {@code catalog/dt=DATE/FILE}. Thread-safe. */
public final class CatalogBucket implements AutoCloseable {
    /** The name of the bucket of the catalogues. */
    public static final String NAME = "catalog";

    private final S3Client s3;
    private final String name;

    /**
     * An object that was delivered.
     *
     * @param uri {@code s3://bucket/key}
     * @param etag the entity tag, without quotes
     * @param size the size in bytes
     */
    public record Delivered(String uri, String etag, long size) {}

    /** The bucket of the catalogues in the S3 server at {@code endpoint}. Creates it if it does not exist. */
    public CatalogBucket(String endpoint) {
        this(
                S3Client.builder()
                        .endpointOverride(URI.create(endpoint))
                        .forcePathStyle(true)
                        .region(Region.US_EAST_1)
                        .httpClient(UrlConnectionHttpClient.create())
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
                        .build(),
                NAME);
    }

    private CatalogBucket(S3Client s3, String name) {
        this.s3 = s3;
        this.name = name;
        try {
            s3.createBucket(request -> request.bucket(name));
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
            // From an earlier run.
        }
    }

    /** Another bucket of the same server, which ends with this one. Creates it if it does not exist. */
    public CatalogBucket named(String other) {
        return other.equals(name) ? this : new CatalogBucket(s3, other);
    }

    /**
     * Uploads a file, unless the bucket has the same bytes under the same key.
     *
     * @param file the file
     * @param date the day that its rows belong to
     * @throws IOException if the file cannot be read
     */
    public Delivered deliver(Path file, LocalDate date) throws IOException {
        return deliver(file, key(file, date));
    }

    /**
     * Uploads a file, unless the bucket has the same bytes under the same key.
     *
     * @throws IOException if the file cannot be read
     */
    public Delivered deliver(Path file, String key) throws IOException {
        String md5 = md5Of(file);
        return etagOf(key).filter(md5::equals).isPresent()
                ? new Delivered(uri(key), md5, Files.size(file))
                : put(file, key);
    }

    /**
     * Uploads a file, and overwrites an object with the same key.
     *
     * @param file the file
     * @param date the day that its rows belong to
     * @throws IOException if the file cannot be read
     */
    public Delivered put(Path file, LocalDate date) throws IOException {
        return put(file, key(file, date));
    }

    /**
     * Uploads a file, and overwrites an object with the same key.
     *
     * @throws IOException if the file cannot be read
     */
    public Delivered put(Path file, String key) throws IOException {
        s3.putObject(request -> request.bucket(name).key(key), RequestBody.fromFile(file));
        return new Delivered(uri(key), etagOf(key).orElse(md5Of(file)), Files.size(file));
    }

    private String uri(String key) {
        return "s3://" + name + "/" + key;
    }

    private static String key(Path file, LocalDate date) {
        return "catalog/dt=" + date + "/" + file.getFileName();
    }

    private Optional<String> etagOf(String key) {
        try {
            return Optional.of(s3.headObject(request -> request.bucket(name).key(key))
                    .eTag()
                    .replace("\"", ""));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private static String md5Of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("MD5"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
