package io.catalogconnect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.localstack.Delivery;
import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.process.JavaProcess;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows as Avro through Confluent's converter and a schema registry's server, on a worker of Kafka 4.0. */
@Tag("soak")
final class SchemaRegistryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path SERVER = Path.of("target", "registry").toAbsolutePath();
    private static final String HEADER = "brand,category_id,comment,currency,description,image,year_release";

    /** The addresses of this machine; the files under config/connectors/cluster use those of AWS and Google Cloud. */
    private static final Map<String, String> SOURCE_ENDPOINT = Map.of(
            "s3.endpoint", "${env:CATALOG_S3_ENDPOINT}",
            "s3.path.style", "true",
            "s3.credentials", "static",
            "s3.access.key.id", "${env:CATALOG_S3_ACCESS_KEY}",
            "s3.secret.access.key", "${env:CATALOG_S3_SECRET_KEY}",
            "s3.region", "us-east-1",
            "poll.interval.ms", "1000");

    private static final Map<String, String> SINK_ENDPOINT = Map.of(
            "bigquery.rest.endpoint", "${env:CATALOG_BIGQUERY_REST}",
            "bigquery.storage.endpoint", "${env:CATALOG_BIGQUERY_STORAGE}",
            "bigquery.storage.plaintext", "true",
            "bigquery.credentials", "none",
            "bigquery.location", "US");

    @TempDir
    Path directory;

    private StackLayout layout;
    private JavaProcess server;
    private URI registry;
    private LocalStack stack;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        layout = new StackLayout(Path.of(".."), directory.resolve("state"));
        int port = new FreePorts(RandomGenerator.getDefault()).take(0);
        server = JavaProcess.start(new JavaProcess.Command(
                "The schema registry",
                SERVER.resolve("*") + File.pathSeparator + SERVER.resolve("lib").resolve("*"),
                "io.quarkus.runner.GeneratedMain",
                List.of(
                        "-Xmx512m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.banner.enabled=false",
                        "-Dquarkus.log.console.format=%m%n",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"),
                List.of(),
                Map.of(),
                "apicurio-registry-app",
                layout.temporary("registry"),
                layout.log("registry")));
        server.awaitReady(Duration.ofMinutes(3));
        registry = URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
        Map<String, String> settings = new HashMap<>(Worker.settings(layout));
        settings.put("plugin.discovery", "hybrid_warn");
        Path converter = Path.of("target", "avro-converter").toAbsolutePath();
        stack = LocalStack.start(
                layout,
                StackPorts.FREE,
                new Worker.Options("connect", "1g")
                        .withSettings(Map.of("plugin.path", layout.pluginPath() + "," + converter))
                        .withRelease(new Worker.Release(KafkaRelease.KAFKA_4_0.lib(layout), settings)),
                step -> {});
    }

    @AfterEach
    void stop() {
        if (stack != null) {
            stack.close();
        }
        server.close();
    }

    @Test
    void optionalColumnIsAddedAndARefusedSchemaStopsTheSource() throws Exception {
        Path folder = layout.connectors().resolve("cluster");
        MainJob job = new MainJob(
                changed(ConnectorDefinition.read(folder.resolve("catalog-source.json")), SOURCE_ENDPOINT),
                changed(ConnectorDefinition.read(folder.resolve("catalog-sink.json")), SINK_ENDPOINT));
        SampleRun.start(stack, layout, job).awaitTables(1);
        assertThat(get("/subjects").toString())
                .contains("products.raw-value", "products.team-a-value", "products.team-b-value");
        put("/config", "{\"compatibility\":\"BACKWARD\"}");

        String columns = job.source().config().getOrDefault("columns", "");
        redeploy(changed(job.sink(), Map.of("schema.evolution", "add")));
        redeploy(changed(job.source(), Map.of("columns", columns + ",rating:int64?")));
        await(job, deliver("rated.csv", HEADER + ",rating\nHP,1,,EUR,laptop,,2001,5\n", "2026-11-02"));
        assertThat(count("rating = 5")).isEqualTo(1);
        assertThat(count("rating IS NULL")).isEqualTo(200);
        assertThat(get("/subjects/products.raw-value/versions")).hasSize(2);

        redeploy(changed(job.source(), Map.of("columns", columns.replace("category_id:int64", "category_id:string"))));
        deliver("refused.csv", HEADER + "\nHP,1,,EUR,laptop,,2001\n", "2026-11-03");
        assertThat(awaitFailure("catalog-source"))
                .contains("products.raw-value")
                .containsIgnoringCase("incompatible");
        assertThat(count("TRUE")).isEqualTo(201);
        assertThat(get("/subjects/products.raw-value/versions")).hasSize(2);
    }

    @Test
    void replacedPartitionHoldsTheNewestFileWithEndMarkers() throws Exception {
        MainJob replacing = MainJob.readReplacing(layout);
        Map<String, String> avro = Map.of(
                "value.converter",
                "io.confluent.connect.avro.AvroConverter",
                "value.converter.schema.registry.url",
                registry.toString());
        MainJob job = new MainJob(changed(replacing.source(), avro), changed(replacing.sink(), avro));
        stack.deploy(job.connectors());

        await(job, deliver("a.csv", HEADER + "\nHP,1,,EUR,laptop,,2001\nHP,2,,EUR,laptop,,2002\n", "2026-11-01"));
        assertThat(count("TRUE")).isEqualTo(2);
        await(job, deliver("a.csv", HEADER + "\nHP,3,,EUR,laptop,,2003\n", "2026-11-01"));
        assertThat(count("TRUE")).isEqualTo(1);
        assertThat(count("category_id = 3")).isEqualTo(1);
    }

    /** Changes a connector so that no task with its earlier configuration reads what comes next. */
    private void redeploy(ConnectorDefinition connector) throws Exception {
        SampleRun.stop(stack, connector.name());
        stack.deploy(List.of(connector));
        stack.connect().resume(connector.name());
    }

    private ConnectorDefinition changed(ConnectorDefinition connector, Map<String, String> settings) {
        Map<String, String> config = new HashMap<>(connector.config());
        config.putAll(settings);
        config.replace("value.converter.schema.registry.url", registry.toString());
        return new ConnectorDefinition(connector.name(), config);
    }

    private Delivered deliver(String name, String rows, String date) throws IOException {
        Path file = Files.writeString(directory.resolve(name), rows);
        return stack.bucket().deliver(file, LocalDate.parse(date));
    }

    private void await(MainJob job, Delivered object) throws Exception {
        Delivery delivery = new Delivery(stack, job, List.of(object));
        Wait patience = Wait.upTo(PATIENCE);
        while (!delivery.look().arrived()) {
            assertThat(patience.isOver())
                    .as("still on the way: " + delivery.look())
                    .isFalse();
            patience.pause();
        }
    }

    private String awaitFailure(String connector) throws InterruptedException {
        Wait patience = Wait.upTo(PATIENCE);
        Optional<String> failure = stack.connect().status(connector).failure();
        while (failure.isEmpty()) {
            assertThat(patience.isOver()).as(connector + " does not fail").isFalse();
            patience.pause();
            failure = stack.connect().status(connector).failure();
        }
        return failure.get();
    }

    private long count(String condition) throws InterruptedException {
        return stack.dataset()
                .query("SELECT COUNT(*) AS n FROM products_raw WHERE " + condition)
                .iterateAll()
                .iterator()
                .next()
                .get("n")
                .getLongValue();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(registry + path)).build());
    }

    private void put(String path, String body) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(registry + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
