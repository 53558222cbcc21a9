package io.catalogconnect.contract.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class SecretKeysTest {
    /** Kafka hides certificates too, but they are public. */
    private static final Set<String> PUBLIC = Set.of("ssl.keystore.certificate.chain", "ssl.truststore.certificates");

    @ParameterizedTest
    @CsvFileSource(resources = "/secret-keys.csv", numLinesToSkip = 1, delimiter = '|', emptyValue = "")
    void valueOfASecretKeyIsShownOnlyIfItConsistsOfPlaceholders(String key, String value, String shown) {
        assertThat(SecretKeys.shown(key, value)).isEqualTo(shown);
        assertThat(SecretKeys.isWrittenOut(key, value)).isEqualTo(shown.equals("(hidden)"));
    }

    @Test
    void passwordsOfKafkaClientsAreSecrets() {
        Set<String> passwords = new TreeSet<>();
        for (ConfigDef definition :
                List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())) {
            definition.configKeys().values().stream()
                    .filter(key -> key.type == ConfigDef.Type.PASSWORD)
                    .map(key -> key.name)
                    .forEach(passwords::add);
        }
        passwords.removeAll(PUBLIC);
        assertThat(passwords).contains("sasl.jaas.config", "ssl.keystore.key").allMatch(SecretKeys::isSecret);
        assertThat(passwords.stream().flatMap(key -> Stream.of("consumer.override." + key, "PRODUCER." + key)))
                .allMatch(SecretKeys::isSecret);
    }
}
