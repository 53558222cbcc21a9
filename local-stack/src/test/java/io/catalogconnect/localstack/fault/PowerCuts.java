package io.catalogconnect.localstack.fault;

import io.catalogconnect.localstack.process.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/**
 * Kills processes of a stage with two workers at random moments: a worker always, BigQuery and the broker now and then. For use by one
 * thread.
 */
final class PowerCuts {
    private static final int LONGEST_WAIT_MILLIS = 4_000;
    private static final int ROUNDS_PER_BROKER_CUT = 8;

    private final FaultStage stage;
    private final String secondName;
    private final Random random;
    private JavaProcess second;
    private int rounds;

    /** Starts the second worker. */
    PowerCuts(FaultStage stage, String secondName, Random random) throws IOException, InterruptedException {
        this.stage = stage;
        this.secondName = secondName;
        this.random = random;
        this.second = stage.addWorker(secondName);
    }

    /** Waits for a random time, kills processes, and starts them again. */
    void cut() throws IOException, InterruptedException {
        stage.letWork(Duration.ofMillis(random.nextInt(LONGEST_WAIT_MILLIS)));
        rounds++;
        boolean bigQueryToo = random.nextInt(3) == 0;
        boolean brokerToo = rounds % ROUNDS_PER_BROKER_CUT == 0;
        boolean first = random.nextBoolean();
        if (bigQueryToo) {
            stage.stack().killBigQuery();
        }
        if (brokerToo) {
            stage.stack().killBroker();
        }
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
            second = stage.addWorker(secondName);
        }
    }
}
