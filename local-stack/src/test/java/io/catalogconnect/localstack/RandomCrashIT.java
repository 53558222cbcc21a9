package io.catalogconnect.localstack;

import io.catalogconnect.generator.CatalogGenerator;
import io.catalogconnect.generator.CatalogShape;
import io.catalogconnect.generator.Quirk;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The long form of {@link WorkerCrashIT}: thirty power cuts at random moments, of the worker and of BigQuery. */
@Tag("soak")
final class RandomCrashIT {
    private static final int ROWS = 300_000;
    private static final int KILLS = 30;

    @TempDir
    Path directory;

    @Test
    void noRowIsLostOrDuplicatedByThirtyKillsAtRandomMoments() throws Exception {
        Path file = directory.resolve("large.csv");
        try (OutputStream out = Files.newOutputStream(file)) {
            new CatalogGenerator().write(new CatalogShape(ROWS, 5, EnumSet.of(Quirk.EMOJI, Quirk.MULTI_LINE)), out);
        }
        StackLayout layout = new StackLayout(Path.of(".."), directory.resolve("state"));
        MainJob job = ShortTransactions.of(MainJob.read(layout));
        Random random = new Random(30);
        try (LocalStack stack = LocalStack.start(layout, StackPorts.FREE, step -> {})) {
            Delivered object = stack.bucket().deliver(file, LocalDate.parse("2026-11-01"));
            stack.deploy(job.connectors());
            Delivery delivery = new Delivery(stack, job, List.of(object));
            for (int kill = 0; kill < KILLS; kill++) {
                long step = ROWS / (KILLS + 1);
                Arrival.awaitRowsRead(delivery, kill * step + random.nextLong(step));
                boolean bigQueryToo = random.nextInt(3) == 0;
                if (bigQueryToo) {
                    stack.killBigQuery();
                }
                stack.killWorker();
                if (bigQueryToo) {
                    stack.restartBigQuery();
                }
                stack.restartWorker();
            }
            Arrival.await(delivery);
            Arrival.assertEachRowOnce(stack, ROWS);
        }
    }
}
