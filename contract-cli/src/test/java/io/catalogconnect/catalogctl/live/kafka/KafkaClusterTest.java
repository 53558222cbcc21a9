package io.catalogconnect.catalogctl.live.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.live.LiveException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KafkaClusterTest {
    @Test
    void clusterThatDoesNotAnswerIsNamed() {
        assertFails(
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:1",
                        "default.api.timeout.ms",
                        "500",
                        "request.timeout.ms",
                        "200"),
                "Kafka at 127.0.0.1:1 does not answer.");
    }

    @Test
    void settingThatCannotBeUsedIsNamed() {
        assertFails(
                Map.of("bootstrap.servers", "absent.invalid:1"),
                "Kafka at absent.invalid:1: No resolvable bootstrap urls given in bootstrap.servers");
        assertFails(
                Map.of("bootstrap.servers", "127.0.0.1:1", "security.protocol", "TLS"),
                "Kafka at 127.0.0.1:1: Invalid value TLS for configuration security.protocol: ");
    }

    private static void assertFails(Map<String, String> settings, String message) {
        try (KafkaCluster cluster = new KafkaCluster(settings)) {
            assertThatThrownBy(() -> new AdminTopics(cluster).find(List.of("t")))
                    .isInstanceOf(LiveException.class)
                    .hasMessageStartingWith(message);
            assertThatThrownBy(() -> new AdminAcls(cluster).find())
                    .isInstanceOf(LiveException.class)
                    .hasMessageStartingWith(message);
        }
    }
}
