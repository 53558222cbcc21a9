package io.catalogconnect.toolkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** On Kafka's own fakes of its clients. */
final class ConsumerProgressTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final MockAdminClient cluster =
            MockAdminClient.create().numBrokers(1).build();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final ConsumerProgress progress = new ConsumerProgress(cluster, consumer, Duration.ofMillis(300));

    @Test
    void committedGroupHasNoLag() throws Exception {
        topic(0, 10);
        commit(10);
        assertThat(progress.isCaughtUp("g", List.of("t"))).isTrue();
        assertThat(progress.lag("g", List.of("t"))).isEqualTo(Map.of("t", 0L));
    }

    @Test
    void recordAfterTheCommitIsLag() throws Exception {
        topic(0, 10);
        commit(4);
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>("t", 0, 4, null, null)));
        assertThat(progress.lag("g", List.of("t"))).isEqualTo(Map.of("t", 6L));
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>("t", 0, 4, null, null)));
        assertThat(progress.isCaughtUp("g", List.of("t"))).isFalse();
    }

    @Test
    void markersAtTheEndAreNoLag() throws Exception {
        topic(0, 10);
        commit(9);
        consumer.schedulePollTask(() -> consumer.seek(PARTITION, 10));
        assertThat(progress.isCaughtUp("g", List.of("t"))).isTrue();
    }

    @Test
    void deletedRecordsAreNoLag() throws Exception {
        topic(10, 10);
        assertThat(progress.isCaughtUp("g", List.of("t"))).isTrue();
    }

    @Test
    void recordsAreCountedUpToALimit() {
        topic(2, 6);
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>("t", 0, 2, null, null));
            consumer.addRecord(new ConsumerRecord<>("t", 0, 3, null, null));
        });
        // The rest are markers.
        consumer.schedulePollTask(() -> consumer.seek(PARTITION, 6));
        assertThat(progress.records(List.of("t"), 10)).isEqualTo(Map.of("t", 2));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>("t", 0, 2, null, null));
            consumer.addRecord(new ConsumerRecord<>("t", 0, 3, null, null));
        });
        assertThat(progress.records(List.of("t"), 1)).isEqualTo(Map.of("t", 1));
        topic(6, 6);
        assertThat(progress.records(List.of("t"), 10)).isEqualTo(Map.of("t", 0));
    }

    @Test
    void brokersThatSendNothingAreNotWaitedForForever() throws Exception {
        topic(0, 10);
        commit(4);
        assertThatThrownBy(() -> progress.lag("g", List.of("t")))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("The brokers send no records of [t-0].");
        assertThatThrownBy(() -> progress.records(List.of("t"), 10)).isInstanceOf(TimeoutException.class);
    }

    private void topic(long start, long end) {
        Node node = new Node(0, "localhost", 1);
        consumer.updatePartitions("t", List.of(new PartitionInfo("t", 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(PARTITION, start));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
    }

    private void commit(long offset) {
        cluster.updateConsumerGroupOffsets(Map.of(PARTITION, offset));
    }
}
