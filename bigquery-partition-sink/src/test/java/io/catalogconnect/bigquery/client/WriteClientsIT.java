package io.catalogconnect.bigquery.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import io.catalogconnect.bigquery.commit.StreamConnection;
import io.catalogconnect.localbigquery.LocalBigQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteClientsIT {

    @TempDir
    private Path folder;

    /** A call that is not ended keeps the client and its HTTP/2 connection open. */
    @Test
    void closingEndsTheConnectionsThatAreStillOpen() throws Exception {
        try (LocalBigQuery server = LocalBigQuery.builder()
                .databaseFile(folder.resolve("bigquery.duckdb"))
                .start()) {
            WriteClients clients = new WriteClients(() -> client(server.storageEndpoint()));
            StreamConnection checkpoints =
                    clients.connect("projects/p/datasets/d/tables/_catalog_connect_checkpoints/streams/_default");
            assertThat(checkpoints.isOpen()).isTrue();

            assertThat(clients.close(5)).isTrue();
            assertThat(checkpoints.isOpen()).isFalse();
        }
    }

    /** BigQuery accepts 100 calls at the same time on a connection, and does not answer further ones. */
    @Test
    void clientIsAddedForEachEightyStreamsAndUsedAgainWhenStreamsEnd() throws Exception {
        try (LocalBigQuery server = LocalBigQuery.builder()
                .databaseFile(folder.resolve("bigquery.duckdb"))
                .start()) {
            AtomicInteger created = new AtomicInteger();
            WriteClients clients = new WriteClients(() -> {
                created.incrementAndGet();
                return client(server.storageEndpoint());
            });
            List<StreamConnection> connections = new ArrayList<>();
            for (int stream = 0; stream < 161; stream++) {
                connections.add(connect(clients, stream));
            }
            assertThat(created).hasValue(3);

            connections.subList(0, 80).forEach(StreamConnection::close);
            for (int stream = 161; stream < 241; stream++) {
                connect(clients, stream);
            }
            assertThat(created).hasValue(3);
            assertThat(clients.close(5)).isTrue();
        }
    }

    private static StreamConnection connect(WriteClients clients, int stream) {
        return clients.connect("projects/p/datasets/d/tables/t/streams/s" + stream);
    }

    private static BigQueryWriteClient client(String endpoint) {
        try {
            return BigQueryWriteClient.create(BigQueryWriteSettings.newBuilder()
                    .setEndpoint(endpoint)
                    .setCredentialsProvider(NoCredentialsProvider.create())
                    .setTransportChannelProvider(BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                            .setEndpoint(endpoint)
                            .setChannelConfigurator(builder -> builder.usePlaintext())
                            .build())
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
