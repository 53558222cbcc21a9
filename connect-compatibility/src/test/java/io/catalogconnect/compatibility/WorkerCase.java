package io.catalogconnect.compatibility;

import java.util.List;
import java.util.Locale;

/**
 * One combination that is tested: the main job over the sample on such a worker.
 *
 * @param release the worker's Kafka release
 * @param mode distributed or standalone
 * @param discovery the worker's {@code plugin.discovery}
 * @param inEveryBuild whether {@code mvn verify} runs it, or the profile {@code soak} only
 */
record WorkerCase(KafkaRelease release, Mode mode, String discovery, boolean inEveryBuild) {
    /** Every combination, oldest release first. {@code docs/compatibility.md} is generated from this list. */
    static final List<WorkerCase> ALL = List.of(
            new WorkerCase(KafkaRelease.KAFKA_3_7, Mode.DISTRIBUTED, "service_load", true),
            new WorkerCase(KafkaRelease.KAFKA_3_7, Mode.DISTRIBUTED, "only_scan", false),
            new WorkerCase(KafkaRelease.KAFKA_3_7, Mode.STANDALONE, "service_load", false),
            new WorkerCase(KafkaRelease.KAFKA_3_9, Mode.DISTRIBUTED, "service_load", false),
            new WorkerCase(KafkaRelease.KAFKA_3_9, Mode.DISTRIBUTED, "only_scan", false),
            new WorkerCase(KafkaRelease.KAFKA_4_0, Mode.DISTRIBUTED, "service_load", false),
            new WorkerCase(KafkaRelease.KAFKA_4_0, Mode.DISTRIBUTED, "only_scan", false),
            new WorkerCase(KafkaRelease.KAFKA_4_1, Mode.DISTRIBUTED, "service_load", false),
            new WorkerCase(KafkaRelease.KAFKA_4_1, Mode.DISTRIBUTED, "only_scan", true),
            new WorkerCase(KafkaRelease.KAFKA_4_3, Mode.DISTRIBUTED, "service_load", false),
            new WorkerCase(KafkaRelease.KAFKA_4_3, Mode.DISTRIBUTED, "only_scan", false),
            new WorkerCase(KafkaRelease.KAFKA_4_3, Mode.STANDALONE, "service_load", false));

    /** How a worker runs. */
    enum Mode {
        DISTRIBUTED,
        STANDALONE;

        String shown() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return "Kafka " + release.version() + ", " + mode.shown() + ", " + discovery;
    }
}
