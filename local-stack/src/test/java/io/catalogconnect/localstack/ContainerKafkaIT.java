package io.catalogconnect.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.generator.CatalogGenerator;
import io.catalogconnect.generator.CatalogSummary;
import io.catalogconnect.generator.Sample;
import io.catalogconnect.localstack.Delivery.Progress;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The main job on a broker in a container; skipped, and reported as skipped, where no Docker engine answers. */
@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
final class ContainerKafkaIT {
    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka-native:4.0.0");

    @TempDir
    Path directory;

    @Test
    void mainJobRunsOnABrokerInAContainer() throws Exception {
        CatalogSummary sample = new CatalogGenerator().write(Sample.SHAPE, OutputStream.nullOutputStream());
        StackLayout layout = new StackLayout(Path.of(".."), directory);
        MainJob job = MainJob.read(layout);
        try (LocalStack stack = LocalStack.startOn(KAFKA.getBootstrapServers(), layout, StackPorts.FREE, step -> {})) {
            Delivered object = stack.bucket().deliver(layout.sample(), LocalDate.parse("2026-11-01"));
            stack.deploy(job.connectors());
            Progress progress = Arrival.await(new Delivery(stack, job, List.of(object)));
            assertThat(progress.tables())
                    .containsEntry("products_raw", new TableSize(sample.rows(), 1))
                    .containsEntry("products_team_a", new TableSize(sample.withImage(), 1))
                    .containsEntry("products_team_b", new TableSize(sample.samsungAfter2000WithoutImage(), 1));
        }
    }
}
