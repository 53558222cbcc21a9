package io.catalogconnect.localstack;

import io.catalogconnect.localstack.layout.Endpoints;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.toolkit.process.ProcessIdentity;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Tells other commands where the stack that runs on a state folder answers. The file with its addresses names the process that
 * has written it, because a process that is killed leaves the file.
 */
public final class RunningStack {
    private static final String CONNECT = "connect";
    private static final String KAFKA = "kafka";
    private static final String S3 = "s3";
    private static final String BIGQUERY_REST = "bigquery.rest";
    private static final String PROCESS = "process";

    private RunningStack() {}

    /** Writes down where the stack answers. */
    public static void announce(StackLayout layout, Endpoints endpoints) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(CONNECT, endpoints.connect());
        properties.setProperty(KAFKA, endpoints.kafka());
        properties.setProperty(S3, endpoints.s3());
        properties.setProperty(BIGQUERY_REST, endpoints.bigQueryRest());
        properties.setProperty(PROCESS, ProcessIdentity.current().toString());
        Files.createDirectories(layout.run());
        try (Writer writer = Files.newBufferedWriter(file(layout))) {
            properties.store(writer, null);
        }
    }

    /** Takes the announcement back. It is not used once the stack has stopped, so a file that cannot be deleted does no harm. */
    public static void withdraw(StackLayout layout) {
        try {
            Files.deleteIfExists(file(layout));
        } catch (IOException e) {
            // The next stack replaces it.
        }
    }

    /**
     * The URL of BigQuery's REST API, or empty when no stack runs on the state folder.
     *
     * @throws IOException if a stack is starting
     */
    public static Optional<String> bigQueryRest(StackLayout layout) throws IOException {
        if (!StateLock.isTaken(layout.state())) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        if (Files.exists(file(layout))) {
            try (Reader reader = Files.newBufferedReader(file(layout))) {
                properties.load(reader);
            }
        }
        boolean isRunning = ProcessIdentity.parse(properties.getProperty(PROCESS, ""))
                .filter(process -> !process.hasEnded())
                .isPresent();
        if (!isRunning) {
            throw new IOException(
                    "The stack on " + layout.state() + " is starting or stopping. Ask again when it runs");
        }
        return Optional.ofNullable(properties.getProperty(BIGQUERY_REST));
    }

    /** The file with the addresses of the stack. */
    public static Path file(StackLayout layout) {
        return layout.run().resolve("stack.properties");
    }
}
