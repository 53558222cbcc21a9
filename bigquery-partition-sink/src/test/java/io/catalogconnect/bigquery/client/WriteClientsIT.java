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
