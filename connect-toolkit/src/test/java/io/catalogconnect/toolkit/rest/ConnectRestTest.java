package io.catalogconnect.toolkit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker may answer, and what is made of it; a scripted server stands in for the worker. */
final class ConnectRestTest {
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();

    private HttpServer server;
    private ConnectRest rest;

    private record Answer(int status, String body) {}

    /** The connection is closed before the answer. */
    private static final Answer BROKEN = new Answer(0, "");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (exchange.getRequestHeaders().containsKey("Authorization")) {
                authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            }
            Answer answer = answers.pop();
            if (answer.equals(BROKEN)) {
                exchange.close();
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        rest = new ConnectRest("http://127.0.0.1:" + server.getAddress().getPort(), () -> {});
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void requestDuringARebalanceIsRetried() throws InterruptedException {
        answers.add(new Answer(409, "{\"error_code\":409,\"message\":\"rebalancing\"}"));
        answers.add(new Answer(503, "starting"));
        answers.add(new Answer(500, "{\"error_code\":500,\"message\":\"not read yet\"}"));
        answers.add(new Answer(201, "{}"));
        rest.put(new ConnectorDefinition("c", Map.of("a", "1")));
        assertThat(requests).hasSize(4).containsOnly("PUT /connectors/c/config");
    }

    @Test
    void refusalIsReportedInTheWorkersWords() {
        answers.add(new Answer(400, "{\"error_code\":400,\"message\":\"Invalid value x for configuration y\"}"));
        assertThatThrownBy(() -> rest.put(new ConnectorDefinition("c", Map.of())))
                .isInstanceOf(ConnectRestException.class)
                .hasMessage("Invalid value x for configuration y");
        answers.add(new Answer(405, "not JSON"));
        assertThatThrownBy(() -> rest.delete("c"))
                .isInstanceOf(ConnectRestException.class)
                .hasMessage("not JSON");
    }

    @Test
    void missingConnectorHasNoConfiguration() throws InterruptedException {
        answers.add(new Answer(404, "{\"error_code\":404,\"message\":\"Connector c not found\"}"));
        assertThat(rest.config("c")).isEmpty();
        answers.add(new Answer(200, "{\"name\":\"c\",\"topics\":\"t\"}"));
        assertThat(rest.config("c")).hasValue(Map.of("name", "c", "topics", "t"));
        answers.add(new Answer(400, "{\"message\":\"no\"}"));
        assertThatThrownBy(() -> rest.config("c")).hasMessage("no");
    }

    @Test
    void connectorThatNoWorkerHasStartedIsUnassigned() throws InterruptedException {
        answers.add(new Answer(404, "{\"message\":\"No status found for connector c\"}"));
        assertThat(rest.status("c").isRunning()).isFalse();
        answers.add(new Answer(
                200, "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[{\"id\":0,\"state\":\"RUNNING\"}]}"));
        assertThat(rest.status("c").isRunning()).isTrue();
        answers.add(new Answer(400, "{\"message\":\"no\"}"));
        assertThatThrownBy(() -> rest.status("c")).hasMessage("no");
    }

    @Test
    void offsetsAndEmptyAnswersAreRead() throws InterruptedException {
        answers.add(new Answer(200, "{\"offsets\":[{\"partition\":{\"object\":\"o\"},\"offset\":{\"row\":7}}]}"));
        assertThat(rest.offsets("c"))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.path("offset").path("row").asLong()).isEqualTo(7));
        answers.add(new Answer(204, ""));
        rest.delete("c");
        assertThat(requests).containsExactly("GET /connectors/c/offsets", "DELETE /connectors/c");
    }

    @Test
    void endedWorkerIsNotWaitedFor() {
        ConnectRest orphan =
                new ConnectRest("http://127.0.0.1:" + server.getAddress().getPort(), () -> {
                    throw new IllegalStateException("The worker ended");
                });
        server.stop(0);
        assertThatThrownBy(orphan::awaitServing)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The worker ended");
    }

    @Test
    void truncatedAnswerIsRequestedAgain() throws InterruptedException {
        answers.add(BROKEN);
        answers.add(new Answer(200, "{\"offsets\":[]}"));
        assertThat(rest.offsets("c")).isEmpty();
        assertThat(requests).hasSize(2);
    }

    @Test
    void connectorIsPausedAndResumed() throws InterruptedException {
        answers.add(new Answer(202, ""));
        answers.add(new Answer(202, ""));
        rest.pause("c");
        rest.resume("c");
        assertThat(requests).containsExactly("PUT /connectors/c/pause", "PUT /connectors/c/resume");
    }

    @Test
    void offsetsOfAStoppedConnectorAreSet() throws InterruptedException {
        answers.add(new Answer(204, ""));
        answers.add(new Answer(200, "{\"message\":\"done\"}"));
        rest.stop("c");
        rest.alterOffsets("c", "{\"offsets\":[]}");
        assertThat(requests).containsExactly("PUT /connectors/c/stop", "PATCH /connectors/c/offsets");
        answers.add(new Answer(400, "{\"message\":\"byte is -1, negative\"}"));
        assertThatThrownBy(() -> rest.alterOffsets("c", "{}")).hasMessage("byte is -1, negative");
    }

    @Test
    void connectorsAreReadWithConfigurationAndStateInOneRequest() throws InterruptedException {
        answers.add(new Answer(
                200,
                "{\"c\":{\"info\":{\"config\":{\"name\":\"c\",\"topics\":\"t\"}},"
                        + "\"status\":{\"connector\":{\"state\":\"PAUSED\"},\"tasks\":[]}}}"));
        assertThat(rest.connectors())
                .containsExactly(new DeployedConnector(
                        "c",
                        Map.of("topics", "t"),
                        new ConnectorStatus("c", new ConnectorStatus.State("PAUSED", ""), List.of())));
        assertThat(requests).containsExactly("GET /connectors?expand=info&expand=status");
    }

    @Test
    void connectorIsCreatedStopped() throws InterruptedException {
        answers.add(new Answer(201, "{}"));
        rest.createStopped(new ConnectorDefinition("c", Map.of("a", "1")));
        assertThat(requests).containsExactly("POST /connectors");
        assertThat(bodies.get(0))
                .contains("\"name\":\"c\"", "\"config\":{\"a\":\"1\"}", "\"initial_state\":\"STOPPED\"");
    }

    @Test
    void nameOfAConnectorIsEncoded() throws InterruptedException {
        answers.add(new Answer(204, ""));
        rest.delete("a b/c?d%é");
        assertThat(requests).containsExactly("DELETE /connectors/a%20b%2Fc%3Fd%25%C3%A9");
    }

    @Test
    void credentialsAreSentAndNotPrinted() throws InterruptedException {
        ConnectAccess access = ConnectAccess.of(
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/", Duration.ofSeconds(5))
                .withBasicAuth("ada", "pass:wörd");
        answers.add(new Answer(200, "[]"));
        new ConnectRest(access).plugins();
        assertThat(authorizations).containsExactly("Basic YWRhOnBhc3M6d8O2cmQ=");
        assertThat(access.toString()).doesNotContain("YWRh").doesNotContain("pass");
    }

    @Test
    void serverErrorOfARunningWorkerIsNotRetried() {
        ConnectRest running = new ConnectRest(
                ConnectAccess.of("http://127.0.0.1:" + server.getAddress().getPort(), Duration.ofSeconds(5)));
        answers.add(new Answer(500, "{\"message\":\"no class x.Y\"}"));
        assertThatThrownBy(() -> running.validate(Map.of("connector.class", "x.Y")))
                .isInstanceOf(ConnectRestException.class)
                .hasMessage("no class x.Y");
        assertThat(requests).containsExactly("PUT /connector-plugins/x.Y/config/validate");
    }

    /** A worker that runs restarts soon, or is down: a user is not left waiting for the whole patience. */
    @Test
    void workerThatIsDownIsNamedSoon() {
        server.stop(0);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        ConnectRest down = new ConnectRest(ConnectAccess.of(url, Duration.ofHours(1)));
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThatThrownBy(down::connectors)
                        .isInstanceOf(ConnectRestException.class)
                        .hasMessage("Kafka Connect does not answer at " + url + ": the connection is refused.")
                        .matches(e -> ((ConnectRestException) e).isUnreachable()));
        ConnectRest unknown = new ConnectRest(ConnectAccess.of("http://absent.invalid:1", Duration.ofMillis(300)));
        assertThatThrownBy(unknown::connectors)
                .hasMessage("Kafka Connect does not answer at http://absent.invalid:1: the host is not known.");
    }

    @Test
    void workerThatHangsIsNamed() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            ConnectRest hanging = new ConnectRest(ConnectAccess.of(url, Duration.ofSeconds(1)));
            assertThatThrownBy(hanging::connectors)
                    .hasMessage("Kafka Connect does not answer at " + url + ": no response within 1 seconds.");
        }
    }

    @Test
    void answerOfAnotherServiceIsReported() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        answers.add(new Answer(200, "<html>Log in</html>"));
        assertThatThrownBy(rest::connectors)
                .hasMessage("The answer of " + url + " is not JSON. Another service than Kafka Connect listens there.");
        answers.add(new Answer(401, ""));
        assertThatThrownBy(rest::connectors).hasMessage("HTTP status 401: the user or the password is wrong");
        answers.add(new Answer(404, "<html>Not Found</html>"));
        assertThatThrownBy(rest::connectors).hasMessage("HTTP status 404");
        assertThat(requests).hasSize(3);
    }

    @Test
    void failedTasksAreRestarted() throws InterruptedException {
        answers.add(new Answer(202, "{}"));
        rest.restartFailed("c");
        assertThat(requests).containsExactly("POST /connectors/c/restart?includeTasks=true&onlyFailed=true");
    }
}
