package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.config.SinkSettings;
import io.catalogconnect.bigquery.flow.FlowSettings;
import io.catalogconnect.bigquery.flow.SinkFlow;
import io.catalogconnect.bigquery.flow.SinkPorts;
import io.catalogconnect.bigquery.flow.SinkSession;
import io.catalogconnect.bigquery.metrics.SinkMetrics;
import io.catalogconnect.bigquery.record.RejectedRecords;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** Connect's entry to a task: builds a {@link SinkSession} from the configuration and delegates to it. */
public final class BigQueryPartitionSinkTask extends SinkTask {

    private final Function<SinkSettings, SinkPorts> ports;
    private final Clock clock;
    private @Nullable SinkSession session;
    private @Nullable SinkMetrics metrics;

    public BigQueryPartitionSinkTask() {
        this(GooglePorts::of, Clock.systemUTC());
    }

    BigQueryPartitionSinkTask(Function<SinkSettings, SinkPorts> ports, Clock clock) {
        this.ports = ports;
        this.clock = clock;
    }

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void start(Map<String, String> props) {
        SinkSettings config = SinkSettings.of(props);
        FlowSettings settings = config.flow();
        SinkMetrics registered = new SinkMetrics(settings.connector());
        registered.register(context);
        metrics = registered;
        RejectedRecords rejected = new RejectedRecords(
                settings.connector(), reporter(), "all".equalsIgnoreCase(props.get("errors.tolerance")));
        SinkFlow flow =
                new SinkFlow(settings, ports.apply(config), rejected, registered, clock, new SplittableRandom());
        SinkSession started = new SinkSession(flow, context, settings.buffer(), clock);
        session = started;
        started.start();
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        started().open(partitions);
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        started().close(partitions);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        started().put(records);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        if (metrics != null) {
            metrics.registerRest();
        }
        return started().offsetsToCommit(currentOffsets);
    }

    @Override
    public void stop() {
        SinkSession running = session;
        session = null;
        if (running != null) {
            running.stop();
        }
    }

    private SinkSession started() {
        return Objects.requireNonNull(session, "the task is not started");
    }

    private @Nullable ErrantRecordReporter reporter() {
        try {
            return context.errantRecordReporter();
        } catch (NoSuchMethodError e) {
            return null; // a worker older than Kafka 2.6
        }
    }
}
