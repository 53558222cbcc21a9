package io.catalogconnect.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.generator.CatalogGenerator;
import io.catalogconnect.generator.CatalogShape;
import io.catalogconnect.generator.CatalogSummary;
import io.catalogconnect.generator.Quirk;
import io.catalogconnect.localstack.Delivery.Progress;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.process.ProcessFailedException;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power cut in the middle of a file: everything that was running comes back, and each row is there once. */
final class WorkerCrashIT {
    @TempDir
    Path directory;

    @Test
    void noRowIsLostOrDuplicatedIfTheWorkerAndBigQueryAreKilledWithinAFile() throws Exception {
        killInTheMiddle(8_000);
    }

    @Test
    @Tag("soak")
    void noRowIsLostOrDuplicatedIfTheWorkerAndBigQueryAreKilledWithinALargeFile() throws Exception {
        killInTheMiddle(200_000);
    }

    private void killInTheMiddle(int rows) throws Exception {
        Path file = directory.resolve("large.csv");
        CatalogSummary summary;
        try (OutputStream out = Files.newOutputStream(file)) {
            summary = new CatalogGenerator()
                    .write(new CatalogShape(rows, 4, EnumSet.of(Quirk.EMOJI, Quirk.MULTI_LINE, Quirk.CRLF)), out);
        }
        StackLayout layout = new StackLayout(Path.of(".."), directory.resolve("state"));
        MainJob job = ShortTransactions.of(MainJob.read(layout));

        try (LocalStack stack = LocalStack.start(layout, StackPorts.FREE, step -> {})) {
            Delivered object = stack.bucket().deliver(file, LocalDate.parse("2026-11-01"));
            stack.deploy(job.connectors());
            Delivery delivery = new Delivery(stack, job, List.of(object));
            Arrival.awaitRowsRead(delivery, rows / 10);
            stack.killWorker();
            assertThatThrownBy(delivery::look)
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessageStartingWith("The Connect worker ended with exit code 137. Its log: ");
            assertThatThrownBy(() -> stack.connect().status(job.sink().name()))
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessageStartingWith("The Connect worker ended with exit code 137. Its log: ");
            stack.restartWorker();
            Arrival.awaitRowsRead(delivery, rows / 2);
            stack.killBigQuery();
            stack.killWorker();
        }

        try (LocalStack stack = LocalStack.start(layout, StackPorts.FREE, step -> {})) {
            Delivered object = stack.bucket().deliver(file, LocalDate.parse("2026-11-01"));
            stack.deploy(job.connectors());
            Progress end = Arrival.await(new Delivery(stack, job, List.of(object)));
            assertThat(end.tables())
                    .containsEntry("products_raw", new TableSize(rows, 1))
                    .containsEntry("products_team_a", new TableSize(summary.withImage(), 1))
                    .containsEntry("products_team_b", new TableSize(summary.samsungAfter2000WithoutImage(), 1));
            Arrival.assertEachRowOnce(stack, rows);
        }
    }
}
