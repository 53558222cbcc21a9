package io.catalogconnect.toolkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.toolkit.kafka.TopicAdmin.ExistingTopic;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** On Kafka's own fake of its admin client. */
final class TopicAdminTest {
    private final MockAdminClient cluster =
            MockAdminClient.create().numBrokers(2).usingRaftController(true).build();
    private final TopicAdmin admin = new TopicAdmin(cluster);

    @Test
    void topicIsCreatedOnce() throws Exception {
        assertThat(admin.create("t", 3, 2, Map.of("retention.ms", "1000"))).isTrue();
        assertThat(admin.create("t", 5, 1, Map.of())).isFalse();
        assertThat(admin.describe(List.of("t", "absent")))
                .containsOnlyKeys("t")
                .containsEntry("t", new ExistingTopic("t", 3, 2, Map.of("retention.ms", "1000")));
        assertThatThrownBy(() -> admin.create("u", 1, 9, Map.of()))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InvalidReplicationFactorException.class);
    }

    @Test
    void settingsOfATopicAreChangedAndOthersKept() throws Exception {
        admin.create("t", 1, 1, Map.of("retention.ms", "1000", "cleanup.policy", "delete"));
        admin.configure("t", Map.of("retention.ms", "2000"));
        assertThat(admin.describe(List.of("t")).values())
                .extracting(ExistingTopic::config)
                .containsExactly(Map.of("retention.ms", "2000", "cleanup.policy", "delete"));
    }

    @Test
    void absentTopicIsDeletedWithoutAnError() throws Exception {
        admin.create("t", 1, 1, Map.of());
        admin.delete("t");
        admin.delete("t");
        assertThat(admin.describe(List.of("t"))).isEmpty();
    }

    @Test
    void clusterThatDoesNotAnswerIsReported() {
        cluster.timeoutNextRequest(1);
        assertThatThrownBy(() -> admin.describe(List.of("t")))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }

    /** The proxy creates the topic after the first answer, as if the news had reached the broker late. */
    @Test
    void topicThatABrokerDoesNotKnowYetIsAwaited() throws Exception {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        Admin late = (Admin) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(cluster, arguments);
                    if (method.getName().equals("describeTopics") && isFirst.getAndSet(false)) {
                        cluster.createTopics(List.of(new NewTopic("new", 1, (short) 1)));
                        cluster.updateEndOffsets(Map.of(new TopicPartition("new", 0), 0L));
                    }
                    return answer;
                });

        new TopicAdmin(late).awaitLeaders(List.of("new"));

        assertThat(isFirst).isFalse();
    }
}
