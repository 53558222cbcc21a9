package io.catalogconnect.localstack.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The long form of {@link SinkFaultIT}: two workers, three topics with gaps that a router renames and that share one table, and a
 * power cut at a random moment of each round: of a worker always, of BigQuery and of the broker now and then.
 */
@Tag("soak")
final class SinkSoakIT {
    private static final int KILLS = 32;
    private static final int ROWS = 200_000;

    @TempDir
    Path directory;

    @Test
    void noRowIsLostOrDuplicatedIfProcessesAreKilledAtRandomMoments() throws Exception {
        Random random = new Random(4);
        SinkJob job = new SinkJob("soak", List.of("soak.plain", "soak.transactions", "soak.filtered"), "soak")
                .renamingAndFiltering()
                .with("tasks.max", "4");
        try (FaultStage stage = new FaultStage(directory)) {
            PowerCuts cuts = new PowerCuts(stage, "soak-2", random);
            stage.start(job);
            for (int round = 0; round < KILLS; round++) {
                publish(stage.publisher(), ROWS / KILLS);
                cuts.cut();
            }
            assertThat(stage.awaitEachRowOnce(job)).isEqualTo(ROWS);
        }
    }

    private static void publish(Publisher publisher, int rows) {
        publisher.publish("soak.plain", rows / 2);
        publisher.publishAborted("soak.transactions", rows / 10);
        publisher.publishCommitted("soak.transactions", rows / 4);
        publisher.publishFiltered("soak.filtered", rows / 10);
        publisher.publish("soak.filtered", rows - rows / 2 - rows / 4);
        publisher.publishFiltered("soak.filtered", rows / 10);
    }
}
