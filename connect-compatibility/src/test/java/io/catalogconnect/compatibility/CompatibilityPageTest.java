package io.catalogconnect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CompatibilityPageTest {
    private static final String HEAD = """
            # Supported Kafka Connect workers

            Each line of the table is a run of `WorkerCompatibilityIT`: a worker of that release, with the class path of that release, runs
            the shipped connectors (source with transformations, and sink) on the sample. The test also resets the source's offset
            through the REST API. The broker is always Kafka 4.3. `mvn verify` runs the lines marked "every build". `mvn verify -Psoak`
            runs all lines. This page is generated from the list that the test uses.

            A standalone worker has no exactly-once sources. On such a worker, set `exactly.once.support=requested`. The source then
            delivers at least once. Metrics of plugins need Kafka 4.1 or later.

            Start a standalone worker of Kafka 3.7 with at least one connector file on its command line. If its first connector is
            created through REST instead, the worker finds no transformations on its plugin path and does not answer the request.
            Kafka 4.3 does not have this fault.

            | Kafka | worker | `plugin.discovery` | tested in |
            |---|---|---|---|
            """;

    @Test
    void pageListsEveryTestedWorker() throws IOException {
        String lines = WorkerCase.ALL.stream()
                .map(tested -> "| " + tested.release().version() + " | "
                        + tested.mode().shown() + " | `" + tested.discovery() + "` | "
                        + (tested.inEveryBuild() ? "every build" : "`-Psoak`") + " |\n")
                .collect(Collectors.joining());
        new ReferencePage().check("compatibility.md", HEAD + lines);
    }

    @ParameterizedTest
    @EnumSource(KafkaRelease.class)
    void everyReleaseIsTestedDistributedWithBothDiscoveries(KafkaRelease release) {
        assertThat(WorkerCase.ALL)
                .filteredOn(tested -> tested.release() == release && tested.mode() == WorkerCase.Mode.DISTRIBUTED)
                .extracting(WorkerCase::discovery)
                .containsExactlyInAnyOrder("service_load", "only_scan");
    }

    @ParameterizedTest
    @EnumSource(value = KafkaRelease.class, mode = EnumSource.Mode.EXCLUDE, names = "KAFKA_4_3")
    void classPathOfEveryReleaseIsOfItsVersion(KafkaRelease release) throws IOException {
        assertThat(Files.readString(Path.of("workers", "kafka-" + release.line(), "pom.xml")))
                .contains("<worker.kafka.version>" + release.version() + "</worker.kafka.version>");
    }
}
