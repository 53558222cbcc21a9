package io.catalogconnect.localstack.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.kafka.Broker;
import io.catalogconnect.localstack.kafka.Topics;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.process.JavaProcess;
import io.catalogconnect.localstack.s3.S3Server;
import io.catalogconnect.localstack.source.CrashingSource.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two workers on one broker, one with exactly-once sources and one without, each killed as often. */
final class SourceCrash {
    /** What a source needs, so that a worker is up again sooner. */
    private static final List<String> PLUGINS = List.of("s3-csv-source", "smt-filters");

    private SourceCrash() {}

    /**
     * Kills, and looks at what arrived.
     *
     * @param between rows that arrive between two kills, at most
     */
    static void killAndCount(Path directory, int kills, int between, int rowsOfFile) throws Exception {
        FreePorts ports = new FreePorts(new Random());
        int port = ports.take(0);
        StackLayout layout = new StackLayout(Path.of(".."), directory);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (JavaProcess broker = Broker.start(layout, port, ports.take(0));
                S3Server s3 = S3Server.start(layout.s3(), ports.take(0))) {
            CrashingSource.createBucket(s3);
            broker.awaitReady(Duration.ofMinutes(3));
            Map<Mode, Future<Ledger>> ledgers = new EnumMap<>(Mode.class);
            for (Mode mode : Mode.values()) {
                int rest = ports.take(0);
                StackLayout own = new StackLayout(Path.of(".."), directory.resolve(mode.lower()), PLUGINS);
                Callable<Ledger> run = () -> {
                    try (Topics topics = new Topics("127.0.0.1:" + port);
                            CrashingSource source = CrashingSource.start(
                                    mode, own, rest, "127.0.0.1:" + port, s3, topics, rowsOfFile)) {
                        for (int kill = 0; kill < kills; kill++) {
                            source.kill(between);
                        }
                        Ledger ledger = source.finish();
                        System.out.println(source);
                        return ledger;
                    }
                };
                ledgers.put(mode, threads.submit(run));
            }
            Ledger exactlyOnce = get(ledgers, Mode.EXACTLY_ONCE);
            Ledger atLeastOnce = get(ledgers, Mode.AT_LEAST_ONCE);
            assertThat(exactlyOnce.faults()).as("exactly once").isEmpty();
            assertThat(exactlyOnce.doubled())
                    .as("rows and markers that came again")
                    .isZero();
            assertThat(atLeastOnce.faults()).as("at least once").isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Ledger get(Map<Mode, Future<Ledger>> ledgers, Mode mode) throws Exception {
        return Objects.requireNonNull(ledgers.get(mode)).get();
    }
}
