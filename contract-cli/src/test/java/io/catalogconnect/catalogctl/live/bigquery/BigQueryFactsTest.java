package io.catalogconnect.catalogctl.live.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.LiveException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BigQuery that refuses UPDATEs because of another one for the same table. A scripted server stands in for it. */
final class BigQueryFactsTest {
    private static final String TABLE = "{\"tableReference\": {\"projectId\": \"p\", \"datasetId\": \"d\", \"tableId\":"
            + " \"_catalog_connect_contracts\"}, \"type\": \"TABLE\"}";
    private static final String CONFLICT =
            "{\"error\": {\"code\": 400, \"message\": \"Could not serialize access to table"
                    + " p:d._catalog_connect_contracts due to concurrent update\"}}";
    private static final String JOB = "{\"jobReference\": {\"projectId\": \"p\", \"jobId\": \"j\"}, \"configuration\":"
            + " {\"jobType\": \"QUERY\", \"query\": {\"query\": \"UPDATE\"}}, \"status\": {\"state\": \"DONE\"},"
            + " \"statistics\": {\"query\": {\"statementType\": \"UPDATE\", \"numDmlAffectedRows\": \"1\"}}}";
    private static final String RESULT =
            "{\"jobReference\": {\"projectId\": \"p\", \"jobId\": \"j\"}, \"jobComplete\": true,"
                    + " \"numDmlAffectedRows\": \"1\", \"totalRows\": \"0\"}";
    private static final ContractState EXPECTED =
            new ContractState("id", "prod", 5, 2, "", Instant.EPOCH, "1.0.0", "", Map.of());
    private static final ContractState NEXT = EXPECTED.heldBy("ada", Instant.EPOCH);

    private final AtomicInteger conflicts = new AtomicInteger();
    private final AtomicInteger updates = new AtomicInteger();
    private volatile long revision = EXPECTED.revision();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void updateThatConflictsWithAnotherContractIsRepeated() throws Exception {
        conflicts.set(2);
        assertThat(facts(Duration.ofMinutes(1)).replace(EXPECTED, NEXT)).isTrue();
        assertThat(updates).hasValue(3);
    }

    @Test
    void updateOfARowThatAnotherProcessHasChangedIsNotRepeated() throws Exception {
        conflicts.set(Integer.MAX_VALUE);
        revision = EXPECTED.revision() + 1;
        assertThat(facts(Duration.ofMinutes(1)).replace(EXPECTED, NEXT)).isFalse();
        assertThat(updates).hasValue(1);
    }

    @Test
    void endOfTheTimeIsReported() {
        conflicts.set(Integer.MAX_VALUE);
        assertThatThrownBy(() -> facts(Duration.ZERO).replace(EXPECTED, NEXT))
                .isInstanceOf(LiveException.class)
                .hasMessage(
                        "BigQuery at " + url() + ": Could not serialize access to table p:d._catalog_connect_contracts"
                                + " due to concurrent update. Other contracts of the dataset are changed at the same time. Run"
                                + " the command again.");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        boolean isUpdate = exchange.getRequestMethod().equals("POST");
        if (isUpdate && updates.getAndIncrement() < conflicts.get()) {
            send(exchange, 400, CONFLICT);
        } else if (path.endsWith("/data")) {
            send(exchange, 200, rows());
        } else if (path.contains("/tables/")) {
            send(exchange, 200, TABLE);
        } else {
            send(exchange, 200, path.contains("/queries/") ? RESULT : JOB);
        }
    }

    private String rows() {
        return "{\"totalRows\": \"1\", \"rows\": [{\"f\": [{\"v\": \"id\"}, {\"v\": \"prod\"}, {\"v\": \"" + revision
                + "\"}, {\"v\": \"2\"}, {\"v\": \"\"}, {\"v\": \"0.0\"}, {\"v\": \"1.0.0\"}, {\"v\": \"\"}, {\"v\": \"{}\"}]}]}";
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private BigQueryFacts facts(Duration patience) {
        return new BigQueryFacts(
                new Dataset(new Dataset.Place("p", "d", "US", url(), false), Duration.ofSeconds(5)), patience);
    }
}
