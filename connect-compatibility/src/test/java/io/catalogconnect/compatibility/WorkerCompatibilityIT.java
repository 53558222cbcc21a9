package io.catalogconnect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped connectors over the sample on workers of each supported Kafka release. */
final class WorkerCompatibilityIT {
    private static final String SUPPORT = "exactly.once.support";

    @TempDir
    Path state;

    static Stream<WorkerCase> workersOfEveryBuild() {
        return WorkerCase.ALL.stream().filter(WorkerCase::inEveryBuild);
    }

    static Stream<WorkerCase> otherWorkers() {
        return WorkerCase.ALL.stream().filter(tested -> !tested.inEveryBuild());
    }

    @ParameterizedTest
    @MethodSource("workersOfEveryBuild")
    void workerRunsTheShippedConnectors(WorkerCase tested) throws Exception {
        runSample(tested);
    }

    @ParameterizedTest
    @MethodSource("otherWorkers")
    @Tag("soak")
    void otherWorkerRunsTheShippedConnectors(WorkerCase tested) throws Exception {
        runSample(tested);
    }

    @Test
    void standaloneWorkerFailsASourceThatRequiresExactlyOnce() throws Exception {
        WorkerCase tested = new WorkerCase(KafkaRelease.KAFKA_4_3, WorkerCase.Mode.STANDALONE, "service_load", true);
        StackLayout layout = new StackLayout(Path.of(".."), state);
        MainJob job = MainJob.read(layout);
        try (LocalStack stack = start(layout, tested, job)) {
            SampleRun run = SampleRun.start(stack, layout, job);
            assertThatThrownBy(() -> run.awaitTables(1))
                    .hasMessageContaining("Connector catalog-source has failed")
                    .hasMessageContaining("exactly.once.support is required, but this worker runs no transactions");
        }
    }

    private void runSample(WorkerCase tested) throws Exception {
        StackLayout layout = new StackLayout(Path.of(".."), state);
        MainJob job = MainJob.read(layout);
        if (tested.mode() == WorkerCase.Mode.STANDALONE) {
            job = requestingExactlyOnce(job);
        }
        try (LocalStack stack = start(layout, tested, job)) {
            assertThat(stack.connect().worker().path("version").asText())
                    .isEqualTo(tested.release().version());
            SampleRun run = SampleRun.start(stack, layout, job);
            run.awaitTables(1);
            run.resetOffset();
            run.awaitTables(2);
        }
    }

    private static MainJob requestingExactlyOnce(MainJob job) {
        Map<String, String> config = new HashMap<>(job.source().config());
        assertThat(config.put(SUPPORT, "requested")).isEqualTo("required");
        return new MainJob(new ConnectorDefinition(job.source().name(), config), job.sink());
    }

    private static LocalStack start(StackLayout layout, WorkerCase tested, MainJob job)
            throws IOException, InterruptedException {
        Path lib = tested.release().lib(layout);
        assertThat(lib).as("class path of Kafka " + tested.release().line()).isDirectory();
        Map<String, String> settings = new HashMap<>(Worker.settings(layout));
        settings.put("plugin.discovery", tested.discovery());
        List<Path> connectors = List.of();
        if (tested.mode() == WorkerCase.Mode.STANDALONE) {
            List.of("group.id", "exactly.once.source.support", "scheduled.rebalance.max.delay.ms")
                    .forEach(settings::remove);
            settings.keySet().removeIf(key -> key.matches("(config|offset|status)\\.storage\\..*"));
            Files.createDirectories(layout.run());
            settings.put(
                    "offset.storage.file.filename",
                    layout.run().resolve("offsets").toString());
            connectors = List.of(propertiesFile(layout, job.sink()));
        }
        return LocalStack.start(
                layout,
                StackPorts.FREE,
                Worker.DEFAULTS.withRelease(new Worker.Release(lib, settings, Map.of(), connectors)),
                step -> {});
    }

    /**
     * Writes a connector's configuration as the file that connect-standalone takes. A standalone worker of Kafka 3.7 whose
     * first connector arrives through REST looks for the classes of transformations outside of the plugin path.
     */
    private static Path propertiesFile(StackLayout layout, ConnectorDefinition connector) throws IOException {
        Properties properties = new Properties();
        properties.putAll(connector.config());
        properties.setProperty("name", connector.name());
        Path file = layout.run().resolve(connector.name() + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }
}
