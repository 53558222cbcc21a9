package io.catalogconnect.localstack.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 server over a folder. It checks signatures: a request with other credentials is refused. */
public final class S3Server implements AutoCloseable {
    /** The only credentials that it takes; they guard nothing, since the server listens on loopback only. */
    public static final String ACCESS_KEY = "local-access-key";

    /** The secret of {@link #ACCESS_KEY}. */
    public static final String SECRET_KEY = "local-secret-key";

    private final S3Proxy server;
    private final String endpoint;

    private S3Server(S3Proxy server, String endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /**
     * Starts the server.
     *
     * @param folder the folder of the buckets, created if it does not exist
     * @param port the port of 127.0.0.1 to listen on
     * @throws IOException if the folder cannot be created or the port is taken
     */
    public static S3Server start(Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        String endpoint = "http://127.0.0.1:" + port;
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .endpoint(URI.create(endpoint))
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("The S3 server could not start at " + endpoint + ": " + e.getMessage(), e);
        }
        return new S3Server(server, endpoint);
    }

    /** The URL of the service. */
    public String endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server did not stop: " + e.getMessage(), e);
        }
    }
}
