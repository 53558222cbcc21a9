package io.catalogconnect.localbigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.catalogconnect.localbigquery.fault.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests that wait do not take a thread each without limit. */
class HttpEndpointTest {

    private static final String REQUEST =
            "GET / HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\nContent-Type: application/json\r\n\r\n";

    @Test
    void requestsBeyondTheThreadsWaitAndAreAnswered() throws Exception {
        AtomicInteger running = new AtomicInteger();
        CountDownLatch released = new CountDownLatch(1);
        List<Socket> clients = new ArrayList<>();
        try (HttpEndpoint endpoint = HttpEndpoint.start(
                new Faults(),
                exchange -> {
                    try (exchange) {
                        running.incrementAndGet();
                        released.await();
                        exchange.sendResponseHeaders(204, -1);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            for (int i = 0; i < HttpEndpoint.MAX_THREADS + 20; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
                clients.add(client);
                client.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            }
            await().untilAsserted(() -> assertThat(running).hasValue(HttpEndpoint.MAX_THREADS));
            await().during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(running).hasValue(HttpEndpoint.MAX_THREADS));

            released.countDown();

            for (Socket client : clients) {
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 204 ");
            }
        } finally {
            for (Socket client : clients) {
                close(client);
            }
        }
    }

    private static void close(Socket client) throws IOException {
        client.close();
    }
}
