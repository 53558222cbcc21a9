package io.catalogconnect.localbigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed with SIGKILL while one client appends to one COMMITTED stream with explicit offsets, fifty times over one file.
 * After each death the next server must have every row that was acknowledged, in one run of numbers, and the stream must go on at the end
 * of it.
 */
class CrashIT {
    private static final int KILLS = 50;
    private static final int ROWS = 20;
    private static final TableRef TABLE = new TableRef("p", "d", "t");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void fiftyDeathsLoseNothingAcknowledgedAndDoubleNothing() throws Exception {
        Path file = folder.resolve("warehouse.duckdb");
        createTable(file);
        Random random = new Random(20261122);
        String stream = "";
        long written = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(file, List.of("-Xmx256m"));
                    BigQueryWriteClient client = client(server.grpcPort())) {
                if (stream.isEmpty()) {
                    stream = client.createWriteStream(CreateWriteStreamRequest.newBuilder()
                                    .setParent(TABLE.path())
                                    .setWriteStream(WriteStream.newBuilder().setType(WriteStream.Type.COMMITTED))
                                    .build())
                            .getName();
                }
                long acknowledged = appendUntilKilled(server, client, stream, written, random);
                assertThat(acknowledged)
                        .as("something was acknowledged before death %s", kill + 1)
                        .isGreaterThan(written);
                written = countAfterDeath(file, kill + 1, acknowledged);
            }
        }
        try (ServerProcess server = ServerProcess.start(file, List.of("-Xmx256m"));
                BigQueryWriteClient client = client(server.grpcPort())) {
            assertThat(client.finalizeWriteStream(stream).getRowCount()).isEqualTo(written);
        }
    }

    /** Appends in a pipeline, kills the server after some acknowledgements, and tells the end of what was acknowledged. */
    private static long appendUntilKilled(
            ServerProcess server, BigQueryWriteClient client, String stream, long start, Random random)
            throws Exception {
        long acknowledged = start;
        int acksBeforeKill = 1 + random.nextInt(20);
        StreamWriter writer = StreamWriter.newBuilder(stream, client)
                .setWriterSchema(schema())
                .build();
        long offset = start;
        ArrayDeque<ApiFuture<AppendRowsResponse>> inFlight = new ArrayDeque<>();
        for (int acks = 0; acks < acksBeforeKill; ) {
            while (inFlight.size() < 8) {
                inFlight.add(writer.append(rows(offset), offset));
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
                String table = session.catalog().requireTable(TABLE).sqlName();
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

    private static void createTable(Path file) throws SQLException {
        try (Warehouse warehouse = Warehouse.open(file, Clock.systemUTC(), null)) {
            warehouse.inTransaction(session -> {
                session.createDataset(new Dataset().setDatasetReference(new DatasetRef("p", "d").toReference()));
                return session.createTable(new Table()
                        .setTableReference(TABLE.toReference())
                        .setSchema(new TableSchema()
                                .setFields(List.of(
                                        new TableFieldSchema().setName("n").setType("INTEGER"),
                                        new TableFieldSchema().setName("text").setType("STRING")))));
            });
        }
    }

    private static BigQueryWriteClient client(int port) throws IOException {
        InstantiatingGrpcChannelProvider channel = BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                .setEndpoint("127.0.0.1:" + port)
                .setChannelConfigurator(builder -> builder.usePlaintext())
                .build();
        return BigQueryWriteClient.create(BigQueryWriteSettings.newBuilder()
                .setTransportChannelProvider(channel)
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setEndpoint("127.0.0.1:" + port)
                .build());
    }

    private static ProtoSchema schema() {
        return ProtoSchema.newBuilder()
                .setProtoDescriptor(DescriptorProto.newBuilder()
                        .setName("Row")
                        .addField(FieldDescriptorProto.newBuilder()
                                .setName("n")
                                .setNumber(1)
                                .setType(FieldDescriptorProto.Type.TYPE_INT64)
                                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL))
                        .addField(FieldDescriptorProto.newBuilder()
                                .setName("text")
                                .setNumber(2)
                                .setType(FieldDescriptorProto.Type.TYPE_STRING)
                                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)))
                .build();
    }

    private static ProtoRows rows(long first) {
        ProtoRows.Builder rows = ProtoRows.newBuilder();
        for (long n = first; n < first + ROWS; n++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            try {
                out.writeInt64(1, n);
                out.writeString(2, "row " + n + " ".repeat(200));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rows.addSerializedRows(ByteString.copyFrom(bytes.toByteArray()));
        }
        return rows.build();
    }
}
