package io.catalogconnect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worker of docker-compose.yml without an engine: the environment of its service becomes a worker's properties as in its
 * image, a worker of the image's Kafka release starts with them, and the connectors run unchanged, with Confluent's Avro
 * converter. Only addresses and folders are replaced by those of this machine.
 */
final class ComposeWorkerIT {
    /** The variables without which the image refuses to start. */
    private static final Set<String> REQUIRED = Set.of(
            "CONNECT_BOOTSTRAP_SERVERS",
            "CONNECT_GROUP_ID",
            "CONNECT_CONFIG_STORAGE_TOPIC",
            "CONNECT_OFFSET_STORAGE_TOPIC",
            "CONNECT_STATUS_STORAGE_TOPIC",
            "CONNECT_KEY_CONVERTER",
            "CONNECT_VALUE_CONVERTER",
            "CONNECT_REST_ADVERTISED_HOST_NAME");

    /** Settings that go to a plugin, which checks them. */
    private static final List<String> PLUGIN_PREFIXES =
            List.of("key.converter.", "value.converter.", "config.providers.env.");

    private static final Path CONVERTER = Path.of("target", "avro-converter").toAbsolutePath();

    @TempDir
    Path state;

    @Test
    void workerOfTheComposeFileRunsTheShippedConnectorsWithAvro() throws Exception {
        StackLayout layout = new StackLayout(Path.of(".."), state);
        ComposeFile compose = ComposeFile.read(layout.home());
        KafkaRelease release = KafkaRelease.ofLine(compose.kafkaLine("connect"));
        StackPorts ports = ports();
        int metrics = new FreePorts(RandomGenerator.getDefault()).take(0);
        Map<String, String> environment = onThisMachine(compose.environment("connect"), layout, ports, metrics);
        assertThat(environment).containsKeys(REQUIRED.toArray(String[]::new));
        Map<String, String> settings = ComposeFile.properties("CONNECT_", environment);
        assertThat(unknown(settings, release.lib(layout))).isEmpty();
        // The image's script passes it to java.
        List<String> jvmOptions =
                List.of(environment.getOrDefault("KAFKA_OPTS", "").split(" ", -1));
        environment.keySet().removeIf(name -> name.startsWith("CONNECT_") || name.equals("KAFKA_OPTS"));

        Map<String, String> pluginPath = Map.of("plugin.path", settings.getOrDefault("plugin.path", ""));
        Worker.Options options = new Worker.Options("connect", "1g", pluginPath, jvmOptions)
                .withRelease(new Worker.Release(release.lib(layout), settings, environment, List.of()));
        try (LocalStack stack = LocalStack.start(layout, ports, options, step -> {})) {
            assertThat(stack.connect().worker().path("version").asText()).isEqualTo(release.version());
            assertHealthy(compose, ports);
            SampleRun.start(stack, layout, MainJob.read(layout)).awaitTables(1);
            assertEveryMetricOfAlertsAndDashboardIsServed(layout, metrics);

            Path bad = Files.writeString(state.resolve("bad.csv"), "brand\nHP\n");
            stack.bucket().deliver(bad, LocalDate.parse("2026-11-02"));
            awaitSamples(
                    metrics,
                    "kafka_connect_connector_tasks{connector=\"catalog-source\",status=\"failed\"} 1.0",
                    "kafka_connect_task_status{connector=\"catalog-source\",status=\"failed\",task=\"0\"} 1.0");
        }
    }

    private static Exposition scrape(int port) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
        return Exposition.parse(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static void awaitSamples(int port, String... samples) throws IOException, InterruptedException {
        Wait patience = Wait.upTo(Duration.ofMinutes(2));
        Exposition served = scrape(port);
        while (!served.samples().containsAll(List.of(samples)) && !patience.isOver()) {
            patience.pause();
            served = scrape(port);
        }
        assertThat(served.samples()).contains(samples);
    }

    private static void assertEveryMetricOfAlertsAndDashboardIsServed(StackLayout layout, int port)
            throws IOException, InterruptedException {
        Exposition served = scrape(port);
        Map<String, Set<String>> missing = new TreeMap<>();
        for (MonitoringFiles.Expression expression : new MonitoringFiles(layout.home()).expressions()) {
            Set<String> names = served.missing(PromQl.parse(expression.text()), expression.shown());
            if (!names.isEmpty()) {
                missing.put(expression.place() + ": " + expression.text(), names);
            }
        }
        assertThat(missing).as("names that the worker does not serve").isEmpty();
        assertThat(served.samples())
                .contains(
                        "kafka_connect_connector_status{connector=\"catalog-sink\",status=\"running\"} 1.0",
                        "kafka_connect_task_status{connector=\"catalog-source\",status=\"running\",task=\"0\"} 1.0",
                        "catalog_connect_source_rows_total{connector=\"catalog-source\",task=\"0\"} 200.0",
                        "catalog_connect_source_oldest_unread_age_seconds{connector=\"catalog-source\",task=\"0\"} 0.0");
    }

    /** Asks what the health check of the service asks. */
    private static void assertHealthy(ComposeFile compose, StackPorts ports) throws IOException, InterruptedException {
        List<String> check = compose.healthCheck("connect");
        URI uri = URI.create(check.get(check.size() - 1).replace(":8083/", ":" + ports.connect() + "/"));
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).as(uri.toString()).isEqualTo(200);
    }

    private static StackPorts ports() throws IOException {
        FreePorts free = new FreePorts(RandomGenerator.getDefault());
        return new StackPorts(free.take(0), free.take(0), free.take(0), free.take(0), free.take(0));
    }

    private static Map<String, String> onThisMachine(
            Map<String, String> environment, StackLayout layout, StackPorts ports, int metrics) {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("kafka:29092", "127.0.0.1:" + ports.kafka());
        places.put("http://schema-registry:8081", "mock://compose");
        places.put("http://0.0.0.0:8083", "http://127.0.0.1:" + ports.connect());
        places.put("http://s3:9000", "http://127.0.0.1:" + ports.s3());
        places.put("http://local-bigquery:9050", "http://127.0.0.1:" + ports.bigQueryRest());
        places.put("local-bigquery:9060", "127.0.0.1:" + ports.bigQueryStorage());
        places.put("/usr/share/java", CONVERTER.toString());
        places.put(
                "/usr/share/catalog-connect/jmx_prometheus_javaagent.jar",
                layout.metricsAgent().toString());
        places.put("=9404:", "=127.0.0.1:" + metrics + ":");
        places.put(
                "/usr/share/catalog-connect/jmx-exporter.yml",
                layout.metricsRules().toString());
        places.put("/usr/share/catalog-connect/plugins", layout.pluginPath());
        Set<String> unused = new HashSet<>(places.keySet());
        Map<String, String> here = new TreeMap<>();
        environment.forEach((name, value) -> {
            String replaced = value.equals("connect") ? "127.0.0.1" : value;
            for (Map.Entry<String, String> place : places.entrySet()) {
                if (replaced.contains(place.getKey())) {
                    unused.remove(place.getKey());
                    replaced = replaced.replace(place.getKey(), place.getValue());
                }
            }
            here.put(name, replaced);
        });
        assertThat(unused)
                .as("addresses and folders that the service does not name")
                .isEmpty();
        return here;
    }

    /** Settings that no part of a distributed worker of the release knows. */
    private static Set<String> unknown(Map<String, String> settings, Path lib) throws Exception {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> jars = Files.list(lib)) {
            for (Path jar : jars.toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        try (URLClassLoader worker =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            // What ConfigDef loads by name, the class of a converter among it, is looked up in this loader; none is
            // needed here.
            Map<String, String> loadable = new TreeMap<>(settings);
            loadable.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
            Class<?> type = worker.loadClass("org.apache.kafka.connect.runtime.distributed.DistributedConfig");
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(worker);
            try {
                Object config = type.getConstructor(Map.class).newInstance(loadable);
                Map<?, ?> known = (Map<?, ?>) type.getMethod("values").invoke(config);
                return settings.keySet().stream()
                        .filter(name -> !known.containsKey(name))
                        .filter(name -> PLUGIN_PREFIXES.stream().noneMatch(name::startsWith))
                        .collect(Collectors.toSet());
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }
}
