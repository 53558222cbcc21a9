package io.catalogconnect.localstack.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Breaks local-bigquery on purpose, through its admin endpoint. */
public final class BigQueryFaults {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI admin;

    public BigQueryFaults(String restEndpoint) {
        this.admin = URI.create(restEndpoint + "/admin/faults");
    }

    /** Adds rules, JSON objects as docs/local-bigquery.md describes them. */
    public void add(String... rules) throws IOException, InterruptedException {
        for (String rule : rules) {
            send("POST", BodyPublishers.ofString(rule));
        }
    }

    /** Whether every rule has met the calls that it waited for. */
    public boolean areUsedUp() throws IOException, InterruptedException {
        return send("GET", BodyPublishers.noBody()).equals("{\"faults\":[]}");
    }

    /** Takes all rules back. */
    public void clear() throws IOException, InterruptedException {
        send("DELETE", BodyPublishers.noBody());
    }

    private String send(String method, HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(admin).method(method, body).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
