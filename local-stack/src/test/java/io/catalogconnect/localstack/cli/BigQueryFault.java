package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Errors of a running local-bigquery, through its fault rules. */
final class BigQueryFault {
    private BigQueryFault() {}

    /**
     * From now on, refuses POST requests.
     *
     * @param server address of the REST API
     * @param code code of the error
     * @param resource part of the path
     * @param count number of requests
     */
    static void add(String server, String code, String resource, int count) throws IOException, InterruptedException {
        send(rules(server)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"effect\":\"ERROR\",\"method\":\"POST\",\"code\":\"" + code
                        + "\",\"resource\":\"" + resource + "\",\"count\":" + count + "}")));
    }

    /** Removes all rules. */
    static void removeAll(String server) throws IOException, InterruptedException {
        send(rules(server).DELETE());
    }

    /** The rules that are active. */
    static String active(String server) throws IOException, InterruptedException {
        return send(rules(server).GET());
    }

    private static HttpRequest.Builder rules(String server) {
        return HttpRequest.newBuilder(URI.create(server + "/admin/faults"));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body();
    }
}
