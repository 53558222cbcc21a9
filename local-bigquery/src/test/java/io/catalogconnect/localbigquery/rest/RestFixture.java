package io.catalogconnect.localbigquery.rest;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.localbigquery.LocalBigQuery;
import java.io.IOException;
import java.util.ArrayList;
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
        client = connect();
        client.create(DatasetInfo.of(SHOP));
    }

    /** Takes away every dataset but an empty {@code shop}, so that tests can share a server. */
    void empty() {
        client.listDatasets("p").iterateAll().forEach(dataset -> dataset.delete(DatasetDeleteOption.deleteContents()));
        client.create(DatasetInfo.of(SHOP));
    }

    private BigQuery connect() {
        return BigQueryOptions.newBuilder()
                .setProjectId("p")
                .setHost(url(""))
                .setCredentials(NoCredentials.getInstance())
                .setLocation("US")
                .build()
                .getService();
    }

    BigQuery client() {
        return client;
    }

    String url(String path) {
        return server.restEndpoint() + path;
    }

    /** Stops everything and starts again on the same file. */
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

    /** Each row as its values, joined by a comma; NULL as {@code null}. */
    List<String> rows(String sql) {
        return rows(query(sql));
    }

    static List<String> rows(TableResult result) {
        List<String> rows = new ArrayList<>();
        for (FieldValueList row : result.iterateAll()) {
            List<String> values = new ArrayList<>();
            for (FieldValue value : row) {
                values.add(String.valueOf(value.getValue()));
            }
            rows.add(String.join(",", values));
        }
        return rows;
    }

    /** What a statement is refused with. */
    BigQueryException refusal(String sql) {
        return Assertions.catchThrowableOfType(BigQueryException.class, () -> query(sql));
    }

    /** What the service answers a call with that fails. */
    static BigQueryException failure(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(BigQueryException.class, call);
    }
}
