package io.catalogconnect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.Delivery;
import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The main job over the sample of {@code config/sample}, on a stack whose worker is under test. */
final class SampleRun {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final LocalStack stack;
    private final MainJob job;
    private final Delivered object;

    private SampleRun(LocalStack stack, MainJob job, Delivered object) {
        this.stack = stack;
        this.job = job;
        this.object = object;
    }

    /** Delivers the sample and creates the connectors. */
    static SampleRun start(LocalStack stack, StackLayout layout, MainJob job)
            throws IOException, InterruptedException, ExecutionException {
        Delivered object = stack.bucket().deliver(layout.sample(), LocalDate.parse("2026-11-01"));
        stack.deploy(job.connectors());
        return new SampleRun(stack, job, object);
    }

    /** Waits until the sample is in the tables {@code times} times, and fails if it is not, or a connector fails. */
    void awaitTables(int times) throws InterruptedException, ExecutionException {
        Delivery delivery = new Delivery(stack, job, List.of(object));
        Wait patience = Wait.upTo(PATIENCE);
        Delivery.Progress progress = delivery.look();
        while (!progress.arrived()
                || progress.tables()
                                .getOrDefault("products_raw", new TableSize(0, 0))
                                .rows()
                        < 200L * times) {
            assertThat(patience.isOver()).as("still on the way: " + progress).isFalse();
            patience.pause();
            progress = delivery.look();
        }
        // The numbers of the README.
        assertThat(progress.tables())
                .containsEntry("products_raw", new TableSize(200L * times, 1))
                .containsEntry("products_team_a", new TableSize(150L * times, 1))
                .containsEntry("products_team_b", new TableSize(5L * times, 1));
    }

    /** Stops a connector and waits until it has no tasks. */
    static void stop(LocalStack stack, String connector) throws InterruptedException {
        stack.connect().stop(connector);
        Wait patience = Wait.upTo(PATIENCE);
        ConnectorStatus status = stack.connect().status(connector);
        while (!status.connector().state().equals("STOPPED") || !status.tasks().isEmpty()) {
            assertThat(patience.isOver()).as("still stopping: " + status).isFalse();
            patience.pause();
            status = stack.connect().status(connector);
        }
    }

    /** Resets the source's offset of the sample through the REST API, so that its rows are read again. */
    void resetOffset() throws InterruptedException {
        String source = job.source().name();
        assertThat(stack.connect().offsets(source))
                .anySatisfy(entry -> assertThat(
                                entry.path("partition").path("object").asText())
                        .isEqualTo(object.uri()));
        stop(stack, source);
        stack.connect()
                .alterOffsets(
                        source,
                        stack.connect().offsets(source).stream()
                                .filter(entry -> entry.path("partition")
                                        .path("object")
                                        .asText()
                                        .equals(object.uri()))
                                .map(entry -> "{\"offsets\":[{\"partition\":" + entry.path("partition")
                                        + ",\"offset\":null}]}")
                                .findFirst()
                                .orElseThrow());
        assertThat(stack.connect().offsets(source))
                .noneSatisfy(entry -> assertThat(
                                entry.path("partition").path("object").asText())
                        .isEqualTo(object.uri()));
        stack.connect().resume(source);
    }
}
