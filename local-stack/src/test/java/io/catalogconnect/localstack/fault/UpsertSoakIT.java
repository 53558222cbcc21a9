package io.catalogconnect.localstack.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The long form of {@link SinkFaultIT}'s test of upserts: two workers, every fault of appends, and a power cut at a random moment of
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
            PowerCuts cuts = new PowerCuts(stage, "changes-2", random);
            stage.start(job);
            for (int round = 0; round < ROUNDS; round++) {
                List<String> rules = ListedFaults.OF_APPENDS.get(round % ListedFaults.OF_APPENDS.size());
                stage.faults().add(rules.toArray(String[]::new));
                items.publish("changes", CHANGES / ROUNDS);
                stage.awaitOccurred(rules);
                cuts.cut();
                stage.faults().clear();
            }
            assertThat(stage.awaitLastStates(job, items)).isGreaterThan(KEYS / 2);
        }
    }
}
