package io.catalogconnect.catalogctl.context;

import io.catalogconnect.toolkit.process.ProcessIdentity;
import io.catalogconnect.toolkit.rest.ConnectAccess;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** The built-in context {@code local}: the stack of {@code ./pipeline up}. */
final class LocalStackContext {
    /** Name of the context. */
    static final String NAME = "local";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LocalStackContext() {}

    /**
     * The context.
     *
     * @param announcement file in which a running stack writes its addresses; the default ports are used if it is absent, or if its
     *     stack was killed and has left it
     */
    static Context read(Path announcement) throws ContextException {
        Properties addresses = new Properties();
        if (Files.isRegularFile(announcement)) {
            try (Reader reader = Files.newBufferedReader(announcement)) {
                addresses.load(reader);
            } catch (IOException e) {
                throw new ContextException(announcement + " cannot be read: " + e.getMessage());
            }
        }
        if (ProcessIdentity.parse(addresses.getProperty("process", ""))
                .filter(ProcessIdentity::hasEnded)
                .isPresent()) {
            addresses.clear();
        }
        return new Context(
                NAME,
                NAME,
                ConnectAccess.of(addresses.getProperty("connect", "http://127.0.0.1:8083"), PATIENCE),
                Map.of("bootstrap.servers", addresses.getProperty("kafka", "127.0.0.1:9092")),
                addresses.getProperty("bigquery.rest", "http://127.0.0.1:9050"),
                false,
                // As the worker of the stack has them.
                Map.of(
                        "CATALOG_BIGQUERY_PROJECT", "local",
                        "CATALOG_BIGQUERY_DATASET", "catalog",
                        "CATALOG_S3_ENDPOINT", addresses.getProperty("s3", "http://127.0.0.1:9000"),
                        "CATALOG_S3_BUCKET", "catalog",
                        "CATALOG_S3_ACCESS_KEY", "local-access-key",
                        "CATALOG_S3_SECRET_KEY", "local-secret-key"));
    }
}
