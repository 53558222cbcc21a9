package io.catalogconnect.catalogctl.live.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.live.LiveException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** The client refuses a request.timeout.ms that is longer than default.api.timeout.ms. */
    @ParameterizedTest
    @CsvSource({
        "'',                     '',    20000, 10000",
        "request.timeout.ms,     30000, 30000, 30000",
        "request.timeout.ms,     5000,  20000, 5000",
        "default.api.timeout.ms, 3000,  3000,  3000"
    })
    void timeoutsFitTogetherIfOnlyOneIsSet(String key, String value, String call, String request) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1"));
        if (!key.isEmpty()) {
            settings.put(key, value);
        }
        try (KafkaCluster cluster = new KafkaCluster(settings)) {
            assertThat(cluster.admin()).isNotNull();
            assertThat(String.valueOf(cluster.settings().get("default.api.timeout.ms")))
                    .isEqualTo(call);
            assertThat(String.valueOf(cluster.settings().get("request.timeout.ms")))
                    .isEqualTo(request);
        }
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
