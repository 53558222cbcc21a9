package io.catalogconnect.localbigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.core.ApiFuture;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of 900 bytes streamed into a server with a heap of 256 MB and DuckDB held to 512 MB. */
class MemoryIT {
    private static final int BATCH = 500;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void fiftyThousandRowsNeedLittleMemory() throws Exception {
        stream(50_000);
    }

    @Test
    @Tag("soak")
    void millionRowsNeedLittleMemory() throws Exception {
        stream(1_000_000);
    }

    private void stream(long rows) throws Exception {
        Path file = folder.resolve("warehouse.duckdb");
        RowTable.create(file);
        try (ServerProcess server = ServerProcess.start(file, List.of("-Xmx256m"), "--memory-limit", "512MB");
                BigQueryWriteClient client = RowTable.client(server.grpcPort())) {
            String stream = RowTable.committedStream(client);
            try (StreamWriter writer = StreamWriter.newBuilder(stream, client)
                    .setWriterSchema(RowTable.schema())
                    .build()) {
                ArrayDeque<ApiFuture<AppendRowsResponse>> inFlight = new ArrayDeque<>();
                for (long offset = 0; offset < rows; offset += BATCH) {
                    inFlight.add(writer.append(RowTable.rows(offset, BATCH, 890), offset));
                    if (inFlight.size() > 100) {
                        inFlight.remove().get(60, TimeUnit.SECONDS);
                    }
                }
                while (!inFlight.isEmpty()) {
                    inFlight.remove().get(60, TimeUnit.SECONDS);
                }
            }
            assertThat(client.finalizeWriteStream(stream).getRowCount()).isEqualTo(rows);
            assertThat(server.endInput()).isZero();
        }
        assertThat(RowTable.read(file, "SELECT count(DISTINCT n) FROM $t")).isEqualTo(rows);
    }
}
