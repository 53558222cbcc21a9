package io.catalogconnect.localstack.bigquery;

import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Starts local-bigquery as a separate process, over the stack's database. */
public final class BigQueryProcess {
    private BigQueryProcess() {}

    /**
     * Starts it.
     *
     * @param layout the folders of the stack
     * @param restPort the port of its REST API
     * @param storagePort the port of its Storage Write API
     * @throws IOException if the folder of its database cannot be created
     */
    public static JavaProcess start(StackLayout layout, int restPort, int storagePort) throws IOException {
        Files.createDirectories(layout.database().toAbsolutePath().getParent());
        return JavaProcess.start(new JavaProcess.Command(
                "local-bigquery",
                layout.classPath("local-bigquery"),
                "io.catalogconnect.localbigquery.LocalBigQueryServer",
                // Most of the work is DuckDB's. The optimizing compiler would take more time than it saves.
                List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of(
                        "--database",
                        layout.database().toString(),
                        "--http-port",
                        Integer.toString(restPort),
                        "--grpc-port",
                        Integer.toString(storagePort),
                        // DuckDB would otherwise keep everything that it reads and writes in up to half of the memory.
                        "--memory-limit",
                        "1GB",
                        "--stop-with-stdin"),
                Map.of(),
                "local-bigquery ready",
                layout.temporary("bigquery"),
                layout.log("bigquery")));
    }
}
