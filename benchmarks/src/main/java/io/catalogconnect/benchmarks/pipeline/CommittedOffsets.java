package io.catalogconnect.benchmarks.pipeline;

import io.catalogconnect.toolkit.kafka.ConsumerProgress;
import java.util.List;
import java.util.Map;

/** The consumer offsets that a worker has committed for a sink. They follow the sink by the worker's flush interval at most. */
final class CommittedOffsets implements Acknowledgements, AutoCloseable {
    private final BenchmarkStack stack;
    private final String connector;
    private final String topic;
    private final ConsumerProgress progress;

    CommittedOffsets(BenchmarkStack stack, String connector, String topic) {
        this.stack = stack;
        this.connector = connector;
        this.topic = topic;
        this.progress = new ConsumerProgress(
                Map.of("bootstrap.servers", stack.stack().endpoints().kafka()));
    }

    @Override
    public void reset() {
        // The offsets of a topic continue when its records are deleted.
    }

    @Override
    public long await(long records) throws Exception {
        stack.await(records + " records through " + connector, () -> {
            stack.checkedStatus(connector);
            return progress.isCaughtUp("connect-" + connector, List.of(topic));
        });
        return System.nanoTime();
    }

    @Override
    public void close() {
        progress.close();
    }
}
