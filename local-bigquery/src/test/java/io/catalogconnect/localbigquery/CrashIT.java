package io.catalogconnect.localbigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.core.ApiFuture;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed with SIGKILL while one client appends to one COMMITTED stream with explicit offsets, many times over one file.
 * After each death the next server must have every row that was acknowledged, in one run of numbers, and the stream must continue at the end
 * of it.
 */
class CrashIT {
    private static final int ROWS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void eightCrashesLoseNoAcknowledgedRowAndDuplicateNone() throws Exception {
        die(8);
    }

    @Test
    @Tag("soak")
    void fiftyCrashesLoseNoAcknowledgedRowAndDuplicateNone() throws Exception {
        die(50);
    }

    private void die(int times) throws Exception {
        Path file = folder.resolve("warehouse.duckdb");
        RowTable.create(file);
        Random random = new Random(20261122);
        String stream = "";
        long written = 0;
        for (int kill = 0; kill < times; kill++) {
            try (ServerProcess server = ServerProcess.start(file, List.of("-Xmx256m"));
                    BigQueryWriteClient client = RowTable.client(server.grpcPort())) {
                if (stream.isEmpty()) {
                    stream = RowTable.committedStream(client);
                }
                long acknowledged = appendUntilKilled(server, client, stream, written, random);
                assertThat(acknowledged)
                        .as("something was acknowledged before death %s", kill + 1)
                        .isGreaterThan(written);
                written = countAfterDeath(file, kill + 1, acknowledged);
            }
        }
        try (ServerProcess server = ServerProcess.start(file, List.of("-Xmx256m"));
                BigQueryWriteClient client = RowTable.client(server.grpcPort())) {
            assertThat(client.finalizeWriteStream(stream).getRowCount()).isEqualTo(written);
        }
    }

    /** Appends in a pipeline, kills the server after some acknowledgements, and returns the end of the acknowledged rows. */
    private static long appendUntilKilled(
            ServerProcess server, BigQueryWriteClient client, String stream, long start, Random random)
            throws Exception {
        long acknowledged = start;
        int acksBeforeKill = 1 + random.nextInt(20);
        StreamWriter writer = StreamWriter.newBuilder(stream, client)
                .setWriterSchema(RowTable.schema())
                .build();
        long offset = start;
        ArrayDeque<ApiFuture<AppendRowsResponse>> inFlight = new ArrayDeque<>();
        for (int acks = 0; acks < acksBeforeKill; ) {
            while (inFlight.size() < 8) {
                inFlight.add(writer.append(RowTable.rows(offset, ROWS, 200), offset));
                offset += ROWS;
            }
            long at = inFlight.remove()
                    .get(60, TimeUnit.SECONDS)
                    .getAppendResult()
                    .getOffset()
                    .getValue();
            acknowledged = at + ROWS;
            acks++;
        }
        server.kill();
        // Answers that were on their way are acknowledgements too.
        for (ApiFuture<AppendRowsResponse> future : inFlight) {
            if (future.isDone() && isAcknowledged(future)) {
                acknowledged += ROWS;
            }
        }
        Thread closer = new Thread(writer::close, "close");
        closer.setDaemon(true);
        closer.start();
        return acknowledged;
    }

    private static boolean isAcknowledged(ApiFuture<AppendRowsResponse> future)
            throws InterruptedException, TimeoutException {
        try {
            return future.get(0, TimeUnit.SECONDS).hasAppendResult();
        } catch (ExecutionException e) {
            return false;
        }
    }

    private static long countAfterDeath(Path file, int death, long acknowledged) throws SQLException {
        try (Warehouse warehouse = Warehouse.open(file, Clock.systemUTC(), null)) {
            return warehouse.read(session -> {
                String table = session.catalog().requireTable(RowTable.TABLE).sqlName();
                try (Statement statement = session.connection().createStatement();
                        ResultSet rows = statement.executeQuery(
                                "SELECT count(*), count(DISTINCT n), coalesce(max(n) + 1, 0), (SELECT end_offset FROM meta.streams) FROM "
                                        + table)) {
                    rows.next();
                    long count = rows.getLong(1);
                    assertThat(count).as("rows after death %s", death).isGreaterThanOrEqualTo(acknowledged);
                    assertThat(rows.getLong(2))
                            .as("distinct rows after death %s", death)
                            .isEqualTo(count);
                    assertThat(rows.getLong(3))
                            .as("end of the run of rows after death %s", death)
                            .isEqualTo(count);
                    assertThat(rows.getLong(4))
                            .as("stream's end after death %s", death)
                            .isEqualTo(count);
                    assertThat(count % ROWS)
                            .as("requests are whole after death %s", death)
                            .isZero();
                    return count;
                }
            });
        }
    }
}
