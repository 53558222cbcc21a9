package io.catalogconnect.localstack.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.process.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The long form of {@link SinkFaultIT}'s test of upserts: two workers, every listed fault, and a power cut at a random moment of
 * each round, of a worker always, of BigQuery and of the broker now and then.
 */
@Tag("soak")
final class UpsertSoakIT {
    private static final int ROUNDS = 32;
    private static final int CHANGES = 200_000;
    private static final int KEYS = 20_000;

    @TempDir
    Path directory;

    @Test
    void tableEqualsTheLastStateOfEachKeyIfProcessesAreKilledAtRandomMoments() throws Exception {
        Random random = new Random(5);
        SinkJob job = KeyedItems.upserting(new SinkJob("changes", List.of("changes"), "changes"));
        try (FaultStage stage = new FaultStage(directory);
                KeyedItems items = new KeyedItems(stage.stack().endpoints().kafka(), KEYS, random)) {
            JavaProcess second = stage.addWorker("changes-2");
            stage.start(job);
            for (int round = 0; round < ROUNDS; round++) {
                for (String rule : ListedFaults.ALL.get(round % ListedFaults.ALL.size())) {
                    stage.faults().add(rule);
                }
                items.publish("changes", CHANGES / ROUNDS);
                stage.letWork(Duration.ofMillis(random.nextInt(4_000)));
                boolean bigQueryToo = random.nextInt(3) == 0;
                boolean brokerToo = round % 8 == 7;
                if (bigQueryToo) {
                    stage.stack().killBigQuery();
                }
                if (brokerToo) {
                    stage.stack().killBroker();
                }
                boolean first = random.nextBoolean();
                if (first) {
                    stage.stack().killWorker();
                } else {
                    second.kill();
                }
                if (brokerToo) {
                    stage.stack().restartBroker();
                }
                if (bigQueryToo) {
                    stage.stack().restartBigQuery();
                }
                if (first) {
                    stage.stack().restartWorker();
                } else {
                    second = stage.addWorker("changes-2");
                }
                stage.faults().clear();
            }
            assertThat(stage.awaitLastStates(job, items)).isGreaterThan(KEYS / 2);
        }
    }
}
