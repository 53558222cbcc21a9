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

            Each line is a test (`WorkerCompatibilityIT`): a worker of that version, with the class path of its release, runs the shipped
            connectors over the sample (source, transformations, sink), and the source's offset is reset through the REST API.
            The broker is Kafka 4.3. `mvn verify` runs the lines of every build; `mvn verify -Psoak` runs all.
            This page is generated from the list that the test uses.

            A standalone worker has no exactly-once sources. There `exactly.once.support` must be `requested`, and the source delivers
            at least once. Metrics of plugins need Kafka 4.1 or later.

            Name at least one connector's file on the command line of a standalone worker of Kafka 3.7. If the first connector of such a
            worker arrives through REST, the worker finds no transformations on its plugin path, and the request gets no answer.
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
