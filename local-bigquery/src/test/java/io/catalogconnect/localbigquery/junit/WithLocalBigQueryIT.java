package io.catalogconnect.localbigquery.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import io.catalogconnect.localbigquery.LocalBigQuery;
import io.catalogconnect.localbigquery.TestClients;
import io.catalogconnect.localbigquery.fault.Effect;
import io.catalogconnect.localbigquery.fault.ErrorCode;
import io.catalogconnect.localbigquery.fault.FaultRule;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Both APIs of one instance, through Google's two Java clients. */
@WithLocalBigQuery
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WithLocalBigQueryIT {
    private static BigQuery rest(LocalBigQuery bigquery) {
        return TestClients.rest(bigquery.restEndpoint());
    }

    private static String count(LocalBigQuery bigquery) throws InterruptedException {
        return rest(bigquery)
                .query(QueryJobConfiguration.of("SELECT COUNT(*) FROM d.t"))
                .iterateAll()
                .iterator()
                .next()
                .get(0)
                .getStringValue();
    }

    private static void append(LocalBigQuery bigquery, String name) throws Exception {
        try (BigQueryWriteClient client = TestClients.storage(bigquery.storageEndpoint());
                JsonStreamWriter writer = JsonStreamWriter.newBuilder("projects/p/datasets/d/tables/t/_default", client)
                        .build()) {
            writer.append(new JSONArray().put(new JSONObject().put("name", name)))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    @Order(1)
    void streamedRowsAreFoundByQuery(LocalBigQuery bigquery) throws Exception {
        rest(bigquery).create(DatasetInfo.of("d"));
        rest(bigquery)
                .create(TableInfo.of(
                        TableId.of("d", "t"),
                        StandardTableDefinition.of(Schema.of(Field.of("name", StandardSQLTypeName.STRING)))));
        append(bigquery, "a");
        assertThat(count(bigquery)).isEqualTo("1");
    }

    @Test
    @Order(2)
    void testsOfAClassShareOneInstanceThatSurvivesRestart(LocalBigQuery bigquery) throws Exception {
        int port = bigquery.grpcPort();
        bigquery.restart();
        assertThat(bigquery.grpcPort()).isEqualTo(port);
        append(bigquery, "b");
        assertThat(count(bigquery)).isEqualTo("2");
    }

    private static HttpResponse<String> admin(LocalBigQuery bigquery, String method, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(bigquery.restEndpoint() + "/admin/faults"))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Order(3)
    void faultsAreAddedListedAndRemovedOverHttp(LocalBigQuery bigquery) throws Exception {
        assertThat(admin(
                                bigquery,
                                "POST",
                                "{\"effect\":\"error\",\"method\":\"AppendRows\",\"resource\":\"tables/t\",\"skip\":1,\"count\":2,\"code\":\"INTERNAL\"}")
                        .body())
                .isEqualTo(
                        "{\"faults\":[{\"effect\":\"ERROR\",\"method\":\"AppendRows\",\"resource\":\"tables/t\",\"body\":\"\",\"skip\":1,\"count\":2,"
                                + "\"code\":\"INTERNAL\",\"durationMs\":0}]}");
        assertThat(bigquery.faults().rules())
                .containsExactly(FaultRule.error(ErrorCode.INTERNAL)
                        .onMethod("AppendRows")
                        .onResource("tables/t")
                        .after(1)
                        .times(2));
        assertThat(admin(bigquery, "DELETE", "").body()).isEqualTo("{\"faults\":[]}");
        assertThat(admin(bigquery, "GET", "").body()).isEqualTo("{\"faults\":[]}");
        assertThat(admin(bigquery, "PUT", "").statusCode()).isEqualTo(405);
        HttpResponse<String> unknown = admin(bigquery, "POST", "{\"effect\":\"EXPLODE\"}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body())
                .isEqualTo(
                        "{\"error\":\"The fault\\u0027s effect is \\u0027EXPLODE\\u0027; it must be one of [DROP_ANSWER, DROP_REQUEST, ERROR,"
                                + " DELAY, HANG, HANG_ANSWER, LOSE_STREAM, LATE_VISIBILITY, SLOW_SCHEMA].\"}");
        assertThat(admin(bigquery, "POST", "{\"effect\":\"HANG\",\"times\":1}").body())
                .isEqualTo(
                        "{\"error\":\"A fault has no \\\"times\\\"; it may have effect, method, resource, body, skip, count, code and"
                                + " durationMs.\"}");
        assertThat(admin(bigquery, "POST", "{\"effect\":\"DELAY\"}").body())
                .isEqualTo("{\"error\":\"The fault DELAY needs a duration greater than zero\"}");
        assertThat(admin(bigquery, "POST", "[]").body())
                .isEqualTo("{\"error\":\"A fault must be a JSON object with an \\\"effect\\\".\"}");
    }

    @Test
    @Order(4)
    void restCallsFailOnRequest(LocalBigQuery bigquery) throws Exception {
        bigquery.faults()
                .add(FaultRule.error(ErrorCode.UNAVAILABLE).onMethod("GET").onResource("/datasets/d"));
        HttpResponse<String> broken = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(bigquery.restEndpoint() + "/bigquery/v2/projects/p/datasets/d"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(broken.statusCode()).isEqualTo(503);
        assertThat(broken.body())
                .isEqualTo(
                        "{\"error\":{\"code\":503,\"message\":\"Fault on demand: UNAVAILABLE\",\"errors\":[{\"message\":\"Fault on demand:"
                                + " UNAVAILABLE\",\"domain\":\"global\",\"reason\":\"backendError\"}],\"status\":\"UNAVAILABLE\"}}");
        assertThat(rest(bigquery).getDataset("d")).isNotNull();
    }

    @Test
    @Order(5)
    void faultMatchesStatementByItsTextAndHangsItsAnswer(LocalBigQuery bigquery) throws Exception {
        bigquery.faults().add(FaultRule.of(Effect.HANG_ANSWER).onMethod("POST").onBody("CREATE TABLE d.held"));
        assertThat(job(bigquery, "CREATE TABLE d.free AS SELECT 1 AS one").get(60, TimeUnit.SECONDS))
                .isEqualTo(200);
        CompletableFuture<Integer> held = job(bigquery, "CREATE TABLE d.held AS SELECT 1 AS one");
        await().until(() -> rest(bigquery).getTable("d", "held") != null);
        assertThat(rest(bigquery).getTable("d", "free")).isNotNull();
        assertThat(bigquery.faults().rules()).isEmpty();
        assertThatThrownBy(() -> held.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        held.cancel(true);
    }

    private static CompletableFuture<Integer> job(LocalBigQuery bigquery, String sql) {
        String job = "{\"configuration\":{\"query\":{\"query\":\"" + sql + "\",\"useLegacySql\":false}}}";
        return HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(bigquery.restEndpoint() + "/bigquery/v2/projects/p/jobs"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(job))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode);
    }
}
