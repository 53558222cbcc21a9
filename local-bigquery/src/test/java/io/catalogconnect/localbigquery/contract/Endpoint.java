package io.catalogconnect.localbigquery.contract;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import io.catalogconnect.localbigquery.LocalBigQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A BigQuery and Google's clients of it. */
interface Endpoint extends AutoCloseable {
    BigQuery rest();

    BigQueryWriteClient storage();

    /** Whether every word of its errors is known, those that no public text settles too. */
    boolean wordForWord();

    @Override
    void close() throws IOException;

    /** The service itself when a project is named, else ours. */
    static Endpoint chosen() throws IOException {
        String project = System.getProperty("bigquery.it.project", "");
        return project.isEmpty() ? Local.start() : Google.connect(project);
    }

    /** local-bigquery in this process, with a separate file. */
    record Local(LocalBigQuery server, Path folder, BigQuery rest, BigQueryWriteClient storage) implements Endpoint {
        static Local start() throws IOException {
            Path folder = Files.createTempDirectory("bigquery-contract");
            LocalBigQuery server = LocalBigQuery.builder()
                    .databaseFile(folder.resolve("warehouse.duckdb"))
                    .start();
            BigQuery rest = BigQueryOptions.newBuilder()
                    .setProjectId("p")
                    .setHost(server.restEndpoint())
                    .setCredentials(NoCredentials.getInstance())
                    .setLocation("US")
                    .build()
                    .getService();
            BigQueryWriteClient storage = BigQueryWriteClient.create(BigQueryWriteSettings.newBuilder()
                    .setTransportChannelProvider(BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                            .setEndpoint(server.storageEndpoint())
                            .setChannelConfigurator(builder -> builder.usePlaintext())
                            .build())
                    .setCredentialsProvider(NoCredentialsProvider.create())
                    .setEndpoint(server.storageEndpoint())
                    .build());
            return new Local(server, folder, rest, storage);
        }

        @Override
        public boolean wordForWord() {
            return true;
        }

        @Override
        public void close() throws IOException {
            storage.close();
            server.close();
            List<Path> files;
            try (Stream<Path> walk = Files.walk(folder)) {
                files = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** The service itself, with application default credentials. */
    record Google(BigQuery rest, BigQueryWriteClient storage) implements Endpoint {
        static Google connect(String project) throws IOException {
            return new Google(
                    BigQueryOptions.newBuilder()
                            .setProjectId(project)
                            .setLocation("US")
                            .build()
                            .getService(),
                    BigQueryWriteClient.create());
        }

        @Override
        public boolean wordForWord() {
            return false;
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
