package io.catalogconnect.localbigquery.rest;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;

/** A REST server over a fresh file, with a client of it and a dataset {@code shop} of project {@code p}. */
final class RestFixture implements AutoCloseable {

    private final Path file;
    private final Clock clock;
    private Warehouse warehouse;
    private RestServer server;
    private BigQuery client;

    RestFixture(Path directory) throws IOException, SQLException {
        this(directory, Clock.systemUTC());
    }

    RestFixture(Path directory, Clock clock) throws IOException, SQLException {
        this.clock = clock;
        file = directory.resolve("warehouse.duckdb");
        warehouse = Warehouse.open(file, clock, null);
        server = RestServer.start(warehouse, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = connect();
        client.create(DatasetInfo.of("shop"));
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
        return "http://127.0.0.1:" + server.address().getPort() + path;
    }

    /** Stops everything and starts again on the same file. */
    void restart() throws IOException, SQLException {
        close();
        warehouse = Warehouse.open(file, clock, null);
        server = RestServer.start(warehouse, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = connect();
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

    @Override
    public void close() throws SQLException {
        server.close();
        warehouse.close();
    }
}
