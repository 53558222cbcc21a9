package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3CsvSourceConnectorTest {

    private final S3CsvSourceConnector connector = new S3CsvSourceConnector();
    private final Map<String, String> properties = new HashMap<>(Map.of("s3.bucket", "b", "topic", "t"));

    @Test
    void workerFindsTheConnectorAsAService() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(S3CsvSourceConnector.class);
    }

    @Test
    void exactlyOnceAndConnectorTransactionsAreSupported() {
        assertThat(connector.exactlyOnceSupport(properties)).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        assertThat(connector.canDefineTransactionBoundaries(properties))
                .isEqualTo(ConnectorTransactionBoundaries.SUPPORTED);
    }

    @Test
    void tasksAreNotMoreThanLanes() {
        connector.start(properties);

        assertThat(connector.taskConfigs(100)).hasSize(64);
        assertThat(connector.taskConfigs(2))
                .extracting(configuration -> configuration.get("task.number"))
                .containsExactly("0", "1");
        assertThat(connector.taskClass()).isEqualTo(S3CsvSourceTask.class);
        connector.stop();
    }

    @Test
    void errorsOfSeveralKeysAreShownAtTheKeyToChange() {
        properties.put("s3.credentials", "static");

        assertThat(connector.validate(properties).configValues())
                .filteredOn(value -> !value.errorMessages().isEmpty())
                .extracting(ConfigValue::name, ConfigValue::errorMessages)
                .containsExactly(
                        tuple("s3.access.key.id", List.of("s3.access.key.id is empty. s3.credentials=static needs it")),
                        tuple(
                                "s3.secret.access.key",
                                List.of("s3.secret.access.key is empty. s3.credentials=static needs it")));
    }

    @Test
    void unusedKeysAreLoggedAtTheStart() {
        properties.put("s3.buket", "c");
        Logger logger = (Logger) LogManager.getLogger(S3CsvSourceConnector.class);
        List<String> warnings = new ArrayList<>();
        AbstractAppender appender = new AbstractAppender("unused-keys", null, null, true, null) {
            @Override
            public void append(LogEvent event) {
                warnings.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        Level level = logger.getLevel();
        logger.addAppender(appender);
        logger.setLevel(Level.WARN);

        try {
            connector.start(properties);
        } finally {
            logger.removeAppender(appender);
            logger.setLevel(level);
            connector.stop();
        }

        assertThat(warnings).containsExactly("WARN s3.buket is not used. Did you mean s3.bucket?");
    }

    @Test
    void errorsOfSingleKeysAreAllShown() {
        properties.put("columns", "a");
        properties.put("bad.rows", "maybe");

        assertThat(connector.validate(properties).configValues())
                .filteredOn(value -> !value.errorMessages().isEmpty())
                .extracting(ConfigValue::name)
                .containsExactlyInAnyOrder("columns", "bad.rows");
    }

    @Test
    void classOutsideAJarHasNoVersion() {
        assertThat(connector.version()).isEqualTo("unknown");
        assertThat(PluginVersion.orUnknown("1.2.3")).isEqualTo("1.2.3");
        assertThat(PluginVersion.orUnknown("")).isEqualTo("unknown");
    }

    @Test
    void offsetCanBeSetToNull() {
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        offsets.put(Map.of("object", "s3://b/a.csv"), null);
        offsets.put(Map.of("object", "s3://formerly/a.csv"), null);

        assertThat(connector.alterOffsets(properties, offsets)).isTrue();
    }

    @Test
    void wellFormedOffsetCanBeSet() {
        assertThat(connector.alterOffsets(properties, Map.of(Map.of("object", "s3://b/a.csv"), place())))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            object | s3://b/a.csv | byte | -1   | byte is -1, negative
            object | s3://b/a.csv | st   | half | st is 'half', not open or done
            object | s3://b/a.csv | rows | 7    | An offset has the key 'rows', which is not one of v, etag, size, lm, byte, row, bad, hdr, st
            object | s3://b/a.csv | hdr  | "a   | hdr is not one line of CSV: '"a'
            object | s3://c/a.csv | st   | open | s3://c/a.csv is not in this connector's bucket, b
            file   | a.csv        | st   | open | A partition is {file=a.csv}, not like {"object": "s3://bucket/key"}
            """)
    void malformedOffsetIsRefused(String key, String object, String field, String value, String message) {
        Map<String, Object> place = place();
        place.put(field, value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value);
        Map<String, String> partition = Map.of(key, object);

        assertThatThrownBy(() -> connector.alterOffsets(properties, Map.of(partition, place)))
                .isInstanceOf(ConnectException.class)
                .hasMessage("The offset of " + partition + " cannot be set: " + message);
    }

    @Test
    void offsetThatSkipsTheWholeObjectIsRefused() {
        Map<String, Object> place = place();
        place.putAll(Map.of("byte", 0, "row", 0, "st", "done"));

        assertThatThrownBy(() -> connector.alterOffsets(properties, Map.of(Map.of("object", "s3://b/a.csv"), place)))
                .hasMessage("The offset of {object=s3://b/a.csv} cannot be set: st is done and byte is 0: no row of the"
                        + " object would be read. To read it again, set the offset to null");
    }

    private static Map<String, Object> place() {
        return new HashMap<>(
                Map.of("v", 1, "etag", "e", "size", 100, "lm", 5L, "byte", 40, "row", 2, "hdr", "a,b", "st", "open"));
    }
}
