package io.catalogconnect.s3csv;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 server in this process that checks signatures, with one bucket. */
public final class S3Server implements AutoCloseable {

    public static final String ACCESS_KEY = "catalog-reader";
    public static final String SECRET_KEY = "catalog-reader-secret";
    public static final String BUCKET = "catalog";

    private final S3Proxy server;
    private final S3Client client;
    private final URI endpoint;

    private S3Server(S3Proxy.Builder objects, boolean anonymous) throws Exception {
        S3Proxy.Builder builder = objects.endpoint(URI.create("http://127.0.0.1:0"));
        server = (anonymous
                        ? builder.awsAuthentication(AuthenticationType.NONE, null, null)
                        : builder.awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY))
                .build();
        server.start();
        endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        client = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
        client.createBucket(request -> request.bucket(BUCKET));
    }

    public static S3Server start() throws Exception {
        return new S3Server(S3Proxy.builder().blobStore(new TransientNio2BlobStore()), false);
    }

    /** One whose objects are files in a folder, for more than fit into the heap. */
    public static S3Server startOver(Path folder) throws Exception {
        return new S3Server(S3Proxy.builder().blobStore(new FilesystemNio2BlobStore(folder.toString())), false);
    }

    /** One that asks nobody for credentials. */
    public static S3Server startPublic() throws Exception {
        return new S3Server(S3Proxy.builder().blobStore(new TransientNio2BlobStore()), true);
    }

    public URI endpoint() {
        return endpoint;
    }

    public void put(String key, byte[] bytes) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
    }

    /** The keys of all objects, in order. */
    public List<String> keys() {
        return client.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    public byte[] get(String key) {
        return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asByteArray();
    }

    @Override
    public void close() {
        client.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server did not stop", e);
        }
    }
}
