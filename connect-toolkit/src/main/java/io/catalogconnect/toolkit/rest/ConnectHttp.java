package io.catalogconnect.toolkit.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends requests to a worker, and repeats those that a worker cannot answer yet. Thread-safe. */
final class ConnectHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A worker that runs restarts within this time, or is down. */
    private static final Duration REFUSED = Duration.ofSeconds(3);

    private final HttpClient http;
    private final ConnectAccess access;
    private final Runnable checkRunning;

    ConnectHttp(ConnectAccess access, Runnable checkRunning) {
        HttpClient.Builder builder = HttpClient.newBuilder();
        access.tls().ifPresent(builder::sslContext);
        this.http = builder.build();
        this.access = access;
        this.checkRunning = checkRunning;
    }

    JsonNode send(String method, String path, @Nullable String body) throws InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(access.url() + path))
                .timeout(access.patience())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        access.authorization().ifPresent(value -> builder.header("Authorization", value));
        HttpRequest request = builder.build();
        Wait wait = Wait.upTo(access.patience());
        Wait unreachable = access.isStarting() ? wait : Wait.upTo(shorter(REFUSED, access.patience()));
        while (true) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() < 300) {
                    return json(response.body());
                }
                if (!isPassing(response.statusCode()) || wait.isOver()) {
                    throw new ConnectRestException(response.statusCode(), messageOf(response));
                }
            } catch (IOException e) {
                checkRunning.run();
                if (unreachable.isOver() || e instanceof SSLException) {
                    throw ConnectRestException.unreachable(
                            "Kafka Connect does not answer at " + access.url() + ": " + reason(e));
                }
            }
            wait.pause();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private JsonNode json(String body) {
        try {
            return body.isEmpty() ? NullNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw ConnectRestException.unreachable("The answer of " + access.url()
                    + " is not JSON. Another service than Kafka Connect listens there.");
        }
    }

    private String reason(IOException e) {
        if (e instanceof HttpTimeoutException) {
            return "no response within " + access.patience().toSeconds() + " seconds.";
        }
        if (e instanceof ConnectException) {
            return isUnknownHost(e) ? "the host is not known." : "the connection is refused.";
        }
        return (e instanceof SSLException ? "the TLS connection fails: " : "") + e.getMessage() + ".";
    }

    private static boolean isUnknownHost(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private boolean isPassing(int status) {
        return status == 409 || status == 503 || (status == 500 && access.isStarting());
    }

    /** The worker's own message. Proxies answer without one, or with a page. */
    private static String messageOf(HttpResponse<String> response) {
        String message = response.body();
        try {
            message = JSON.readTree(response.body()).path("message").asText(response.body());
        } catch (JsonProcessingException e) {
            // The body is the message.
        }
        boolean isPage = message.isBlank() || message.stripLeading().startsWith("<");
        return isPage
                ? "HTTP status " + response.statusCode()
                        + (response.statusCode() == 401 || response.statusCode() == 403
                                ? ": the user or the password is wrong"
                                : "")
                : message;
    }
}
