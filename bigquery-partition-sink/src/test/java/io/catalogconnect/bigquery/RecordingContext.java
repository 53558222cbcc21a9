package io.catalogconnect.bigquery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** A task context that records the task's calls. */
public final class RecordingContext implements SinkTaskContext {

    final Set<TopicPartition> paused = new HashSet<>();
    final List<Long> timeouts = new ArrayList<>();

    /** The answer of a reporter that has stored a record. */
    static final CompletableFuture<Void> REPORTED = CompletableFuture.completedFuture(null);

    public @Nullable ErrantRecordReporter reporter;

    public @Nullable PluginMetrics metrics;

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        throw new AssertionError("the sink never rewinds");
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        throw new AssertionError("the sink never rewinds");
    }

    @Override
    public void timeout(long millis) {
        timeouts.add(millis);
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.of();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        paused.addAll(List.of(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
        List.of(partitions).forEach(paused::remove);
    }

    @Override
    public void requestCommit() {
        throw new AssertionError("the sink leaves commits to the worker");
    }

    @Override
    @SuppressWarnings("NullAway") // Connect's contract: null if no reporter is configured
    public @Nullable ErrantRecordReporter errantRecordReporter() {
        return reporter;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        if (metrics == null) {
            throw new NoSuchMethodError("an older worker");
        }
        return metrics;
    }
}
