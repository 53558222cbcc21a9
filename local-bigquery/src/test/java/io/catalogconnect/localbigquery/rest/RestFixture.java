package io.catalogconnect.localbigquery.rest;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.localbigquery.LocalBigQuery;
import io.catalogconnect.localbigquery.TestClients;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A client of a server's REST API, with a dataset {@code shop} of project {@code p}. */
final class RestFixture {

    private static final DatasetId SHOP = DatasetId.of("p", "shop");

    private final LocalBigQuery server;
    private final BigQuery client;

    RestFixture(LocalBigQuery server) {
        this.server = server;
        client = TestClients.rest(url(""));
        client.create(DatasetInfo.of(SHOP));
    }

    /** Deletes all datasets and creates an empty {@code shop}, so that tests can share a server. */
    void reset() {
        client.listDatasets("p").iterateAll().forEach(dataset -> dataset.delete(DatasetDeleteOption.deleteContents()));
        client.create(DatasetInfo.of(SHOP));
    }

    BigQuery client() {
        return client;
    }

    String url(String path) {
        return server.restEndpoint() + path;
    }

    /** Restarts the server with the same file. */
    void restart() throws IOException {
        server.restart();
    }

    TableResult query(String sql) {
        try {
            return client.query(QueryJobConfiguration.of(sql));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a statement. See {@link TestClients#rows}. */
    List<String> rows(String sql) {
        return TestClients.rows(query(sql));
    }

    /** The error of a statement. */
    BigQueryException refusal(String sql) {
        return Assertions.catchThrowableOfType(BigQueryException.class, () -> query(sql));
    }

    /** The error of a call. */
    static BigQueryException failure(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(BigQueryException.class, call);
    }
}
