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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Workers on one broker, with exactly-once sources or without, each killed as often. */
final class SourceCrash {
    /** What a source needs, so that a worker is up again sooner. */
    private static final List<String> PLUGINS = List.of("s3-csv-source", "smt-filters");

    private SourceCrash() {}

    /**
     * Kills, and looks at what arrived.
     *
     * @param modes what the workers promise, one worker each
     * @param between rows that arrive between two kills, at most
     */
    static void killAndCount(Path directory, Set<Mode> modes, int kills, int between, int rowsOfFile) throws Exception {
        FreePorts ports = new FreePorts(new Random());
        int port = ports.take(0);
        StackLayout layout = new StackLayout(Path.of(".."), directory);
        ExecutorService threads = Executors.newFixedThreadPool(modes.size());
        try (JavaProcess broker = Broker.start(layout, port, ports.take(0));
                S3Server s3 = S3Server.start(layout.s3(), ports.take(0))) {
            CrashingSource.createBucket(s3);
            broker.awaitReady(Duration.ofMinutes(3));
            Map<Mode, Future<Ledger>> ledgers = new EnumMap<>(Mode.class);
            for (Mode mode : modes) {
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
            for (Map.Entry<Mode, Future<Ledger>> entry : ledgers.entrySet()) {
                Ledger ledger = entry.getValue().get();
                assertThat(ledger.faults()).as(entry.getKey().lower()).isEmpty();
                if (entry.getKey() == Mode.EXACTLY_ONCE) {
                    assertThat(ledger.doubled())
                            .as("rows and markers that came again")
                            .isZero();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
