package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class S3CsvSourceConnectorTest {

    private final S3CsvSourceConnector connector = new S3CsvSourceConnector();
    private final Map<String, String> properties = new HashMap<>(Map.of("s3.bucket", "b", "topic", "t"));

    @Test
    void aWorkerFindsItAsAService() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(S3CsvSourceConnector.class);
    }

    @Test
    void supportsExactlyOnceAndTransactionsOfItsOwn() {
        assertThat(connector.exactlyOnceSupport(properties)).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        assertThat(connector.canDefineTransactionBoundaries(properties))
                .isEqualTo(ConnectorTransactionBoundaries.SUPPORTED);
    }

    @Test
    void hasNoMoreTasksThanLanes() {
        connector.start(properties);

        assertThat(connector.taskConfigs(100)).hasSize(64);
        assertThat(connector.taskConfigs(2))
                .extracting(configuration -> configuration.get("task.number"))
                .containsExactly("0", "1");
        assertThat(connector.taskClass()).isEqualTo(S3CsvSourceTask.class);
        connector.stop();
    }

    @Test
    void settingsThatDoNotFitEachOtherAreShownAtTheOneToChange() {
        properties.put("s3.credentials", "static");

        List<ConfigValue> wrong = connector.validate(properties).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .toList();

        assertThat(wrong).singleElement().satisfies(value -> {
            assertThat(value.name()).isEqualTo("s3.access.key.id");
            assertThat(value.errorMessages())
                    .containsExactly("s3.access.key.id is empty. s3.credentials=static needs it");
        });
    }

    @Test
    void settingsThatAreWrongAloneAreAllShown() {
        properties.put("columns", "a");
        properties.put("bad.rows", "maybe");

        assertThat(connector.validate(properties).configValues())
                .filteredOn(value -> !value.errorMessages().isEmpty())
                .extracting(ConfigValue::name)
                .containsExactlyInAnyOrder("columns", "bad.rows");
    }

    @Test
    void aClassOutsideAJarHasNoVersion() {
        assertThat(connector.version()).isEqualTo("unknown");
        assertThat(PluginVersion.orUnknown("1.2.3")).isEqualTo("1.2.3");
        assertThat(PluginVersion.orUnknown("")).isEqualTo("unknown");
    }
}
