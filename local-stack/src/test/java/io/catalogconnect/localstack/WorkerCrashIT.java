package io.catalogconnect.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.FieldValueList;
import io.catalogconnect.generator.CatalogGenerator;
import io.catalogconnect.generator.CatalogShape;
import io.catalogconnect.generator.CatalogSummary;
import io.catalogconnect.generator.Quirk;
import io.catalogconnect.localstack.Delivery.Progress;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.process.ProcessFailedException;
import io.catalogconnect.localstack.process.Wait;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power cut in the middle of a file: everything that was running comes back, and each row is there once. */
final class WorkerCrashIT {
    private static final int ROWS = 200_000;

    @TempDir
    Path directory;

    @Test
    void killingTheWorkerAndBigQueryInTheMiddleOfAFileLosesAndDoublesNothing() throws Exception {
        Path file = directory.resolve("large.csv");
        CatalogSummary summary;
        try (OutputStream out = Files.newOutputStream(file)) {
            summary = new CatalogGenerator()
                    .write(new CatalogShape(ROWS, 4, EnumSet.of(Quirk.EMOJI, Quirk.MULTI_LINE, Quirk.CRLF)), out);
        }
        StackLayout layout = new StackLayout(Path.of(".."), directory.resolve("state"));
        MainJob job = MainJob.read(layout);

        try (LocalStack stack = LocalStack.start(layout, StackPorts.FREE, step -> {})) {
            Delivered object = stack.bucket().deliver(file, LocalDate.parse("2026-11-01"));
            stack.deploy(job.connectors());
            Delivery delivery = new Delivery(stack, job, List.of(object));
            awaitRowsRead(delivery, ROWS / 10);
            stack.killWorker();
            assertThatThrownBy(delivery::look)
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessageStartingWith("The Connect worker ended with exit code 137. Its log: ");
            stack.restartWorker();
            awaitRowsRead(delivery, ROWS / 2);
            stack.killBigQuery();
            stack.killWorker();
        }

        try (LocalStack stack = LocalStack.start(layout, StackPorts.FREE, step -> {})) {
            Delivered object = stack.bucket().deliver(file, LocalDate.parse("2026-11-01"));
            stack.deploy(job.connectors());
            Progress end = awaitArrival(new Delivery(stack, job, List.of(object)));
            assertThat(end.tables())
                    .containsEntry("products_raw", new TableSize(ROWS, 1))
                    .containsEntry("products_team_a", new TableSize(summary.withImage(), 1))
                    .containsEntry("products_team_b", new TableSize(summary.samsungAfter2000WithoutImage(), 1));
            FieldValueList distinct = stack.dataset()
                    .query(
                            "SELECT (SELECT COUNT(*) FROM (SELECT DISTINCT _kafka_partition, _kafka_offset FROM products_raw))"
                                    + " AS by_offset, (SELECT COUNT(*) FROM (SELECT DISTINCT _s3_key, _csv_row FROM products_raw))"
                                    + " AS by_row, (SELECT MAX(_csv_row) FROM products_raw) AS last_row")
                    .iterateAll()
                    .iterator()
                    .next();
            assertThat(distinct.get("by_offset").getLongValue()).isEqualTo(ROWS);
            assertThat(distinct.get("by_row").getLongValue()).isEqualTo(ROWS);
            assertThat(distinct.get("last_row").getLongValue()).isEqualTo(ROWS);
        }
    }

    private static void awaitRowsRead(Delivery delivery, long rows) throws Exception {
        Wait patience = Wait.upTo(Duration.ofMinutes(3));
        while (delivery.look().rowsRead() < rows) {
            assertThat(patience.isOver()).as("rows read after three minutes").isFalse();
            patience.pause();
        }
    }

    private static Progress awaitArrival(Delivery delivery) throws Exception {
        Wait patience = Wait.upTo(Duration.ofMinutes(5));
        while (true) {
            Progress progress = delivery.look();
            if (progress.arrived()) {
                return progress;
            }
            assertThat(patience.isOver()).as("still on the way: " + progress).isFalse();
            patience.pause();
        }
    }
}
