package io.catalogconnect.localbigquery.contract;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import io.catalogconnect.localbigquery.LocalBigQuery;
import io.catalogconnect.localbigquery.TemporaryFolder;
import io.catalogconnect.localbigquery.TestClients;
import java.io.IOException;

/** A BigQuery and Google's clients of it. */
interface Endpoint extends AutoCloseable {
    BigQuery rest();

    BigQueryWriteClient storage();

    /** Returns whether complete error messages are compared, including the parts that are not public. */
    boolean wordForWord();

    @Override
    void close() throws IOException;

    /** BigQuery if the system property names a project, otherwise local-bigquery. */
    static Endpoint chosen() throws IOException {
        String project = System.getProperty("bigquery.it.project", "");
        return project.isEmpty() ? Local.start() : Google.connect(project);
    }

    /** local-bigquery in this process, with a separate file. */
    record Local(LocalBigQuery server, TemporaryFolder folder, BigQuery rest, BigQueryWriteClient storage)
            implements Endpoint {
        static Local start() throws IOException {
            TemporaryFolder folder = TemporaryFolder.create();
            LocalBigQuery server =
                    LocalBigQuery.builder().databaseFile(folder.database()).start();
            BigQuery rest = TestClients.rest(server.restEndpoint());
            BigQueryWriteClient storage = TestClients.storage(server.storageEndpoint());
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
            folder.close();
        }
    }

    /** BigQuery, with application default credentials. */
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
