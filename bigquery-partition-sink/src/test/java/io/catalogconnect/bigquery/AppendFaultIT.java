package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localbigquery.fault.Effect;
import io.catalogconnect.localbigquery.fault.ErrorCode;
import io.catalogconnect.localbigquery.fault.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of an append, a stream or a request, in a task with Google's clients against local-bigquery. */
final class AppendFaultIT {

    private static final TopicPartition RAW = LocalSink.RAW;

    private final LocalSink sink;
    private final LocalDataset dataset;
    private final Map<String, String> properties;

    AppendFaultIT(@TempDir Path folder) {
        sink = new LocalSink(folder);
        dataset = sink.dataset;
        properties = sink.properties;
    }

    @AfterEach
    void stopEverything() {
        sink.close();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void eachRowIsWrittenOnceWhicheverFaultOccurs(FaultRule fault) {
        writeRows(fault);
    }

    @Tag("soak")
    @ParameterizedTest
    @MethodSource("faultsOfCheckpoints")
    void eachRowIsWrittenOnceWhicheverFaultOccursToACheckpoint(FaultRule fault) {
        writeRows(fault);
    }

    private void writeRows(FaultRule fault) {
        properties.put("append.timeout.ms", "2000");
        properties.put("bigquery.request.timeout.ms", "2000");
        properties.put("append.max.rows", "50");
        BigQueryPartitionSinkTask task = sink.start(RAW);
        sink.putUntilSettled(task, LocalSink.records(0, 100));
        dataset.server().faults().add(fault);
        sink.putUntilSettled(task, LocalSink.records(100, 1_000));
        boolean occurredWhileWriting = hasOccurred(fault);
        dataset.server().faults().clear();
        BigQueryPartitionSinkTask next = sink.start(RAW);
        dataset.server().faults().add(fault);
        sink.putUntilSettled(next, LocalSink.records(900, 1_100));
        assertThat(occurredWhileWriting || hasOccurred(fault))
                .as("%s occurred", fault)
                .isTrue();

        Awaitility.await()
                .atMost(LocalSink.PATIENCE)
                .until(() -> dataset.number("SELECT COUNT(*) FROM catalog.products_raw") >= 1_100);
        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_offset) FROM catalog.products_raw"))
                .isEqualTo(1_100);
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(1_100);
    }

    /** Whether a fault that was added has affected at least one call. */
    private boolean hasOccurred(FaultRule fault) {
        return dataset.server().faults().rules().stream().allMatch(rule -> rule.count() < fault.count());
    }

    static Stream<FaultRule> faults() {
        Stream<FaultRule> errors = Stream.of(ErrorCode.values())
                .filter(code -> code != ErrorCode.PERMISSION_DENIED)
                .map(code -> ofRows(FaultRule.error(code)).after(3).times(2));
        return Stream.concat(
                errors,
                Stream.of(
                        ofRows(FaultRule.of(Effect.DROP_ANSWER)).after(2).times(3),
                        FaultRule.of(Effect.DROP_ANSWER).onMethod("CreateWriteStream"),
                        FaultRule.of(Effect.DROP_ANSWER).onMethod("FinalizeWriteStream"),
                        FaultRule.of(Effect.DROP_ANSWER).onMethod("POST").times(5),
                        ofRows(FaultRule.of(Effect.DROP_REQUEST)).after(2).times(3),
                        FaultRule.of(Effect.DROP_REQUEST).onMethod("POST").times(4),
                        ofRows(FaultRule.of(Effect.HANG)).after(4),
                        ofRows(FaultRule.of(Effect.LOSE_STREAM)).after(4),
                        ofRows(FaultRule.lasting(Effect.DELAY, Duration.ofMillis(300)))
                                .times(4),
                        ofRows(FaultRule.lasting(Effect.LATE_VISIBILITY, Duration.ofSeconds(2)))
                                .times(10),
                        ofCheckpoints(FaultRule.error(ErrorCode.UNAVAILABLE)).times(2),
                        ofCheckpoints(FaultRule.of(Effect.DROP_ANSWER))));
    }

    static Stream<FaultRule> faultsOfCheckpoints() {
        return Stream.of(FaultRule.of(Effect.DROP_REQUEST), FaultRule.of(Effect.HANG), FaultRule.of(Effect.LOSE_STREAM))
                .map(AppendFaultIT::ofCheckpoints);
    }

    private static FaultRule ofRows(FaultRule fault) {
        return fault.onMethod("AppendRows").onResource("tables/products_raw/");
    }

    private static FaultRule ofCheckpoints(FaultRule fault) {
        return fault.onMethod("AppendRows").onResource("_checkpoints/");
    }
}
