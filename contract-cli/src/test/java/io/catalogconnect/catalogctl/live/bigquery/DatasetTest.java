package io.catalogconnect.catalogctl.live.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.live.LiveException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BigQuery that refuses requests or does not answer them. A scripted server stands in for it. */
final class DatasetTest {
    private static final String JOB = "{\"jobReference\": {\"projectId\": \"p\", \"jobId\": \"j\"}, \"configuration\":"
            + " {\"jobType\": \"QUERY\", \"query\": {\"query\": \"SELECT 1\"}}, \"status\": {\"state\": \"RUNNING\"}}";

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void absentDatasetHasNoTables() throws IOException {
        answer("/", 404, "{\"error\": {\"code\": 404, \"message\": \"Not found: Dataset p:d\"}}");
        assertThat(new BigQueryTables(dataset(url)).sizes(Contracts.catalog().tables(), ""))
                .isEmpty();
    }

    @Test
    void requestThatIsNotAnsweredIsNamed() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String silentUrl = "http://127.0.0.1:" + silent.getLocalPort();
            assertThatThrownBy(() -> dataset(silentUrl).exists())
                    .isInstanceOf(LiveException.class)
                    .hasMessage("BigQuery at " + silentUrl + ": no response within 1 seconds.");
            assertThatThrownBy(() -> dataset(silentUrl).rows("SELECT 1"))
                    .isInstanceOf(LiveException.class)
                    .hasMessage("BigQuery at " + silentUrl + ": no response within 1 seconds.");
        }
    }

    /** The job is created, but its result never comes. */
    @Test
    void queryThatDoesNotEndIsNamed() {
        answer("/", 200, JOB);
        server.createContext("/bigquery/v2/projects/p/queries", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        assertThatThrownBy(() -> dataset(url).rows("SELECT 1"))
                .isInstanceOf(LiveException.class)
                .hasMessage("BigQuery at " + url + ": no response within 1 seconds.");
        assertThatThrownBy(() -> dataset(url).change("UPDATE t SET a = 1 WHERE TRUE", Map.of()))
                .isInstanceOf(LiveException.class)
                .hasMessage("BigQuery at " + url + ": no response within 1 seconds.");
        assertThat(Thread.interrupted()).isFalse();
    }

    private void answer(String path, int status, String json) {
        server.createContext(path, exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static Dataset dataset(String endpoint) {
        return new Dataset(new Dataset.Place("p", "d", "US", endpoint, false), Duration.ofSeconds(1));
    }
}
