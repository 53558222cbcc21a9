package io.catalogconnect.toolkit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectorDefinitionTest {
    @TempDir
    Path directory;

    @Test
    void definitionsAreReadInTheOrderOfTheirFiles() throws IOException {
        write("b.json", "{\"name\":\"second\",\"config\":{\"connector.class\":\"x.Sink\",\"topics\":\"a, b ,\"}}");
        write("a.json", "{\"name\":\"first\",\"config\":{\"connector.class\":\"x.Source\"}}");
        write("notes.txt", "not a definition");
        Files.createDirectory(directory.resolve("cluster"));
        assertThat(ConnectorDefinition.readAll(directory))
                .extracting(ConnectorDefinition::name)
                .containsExactly("first", "second");
        ConnectorDefinition second = ConnectorDefinition.read(directory.resolve("b.json"));
        assertThat(second.list("topics")).containsExactly("a", "b");
        assertThat(second.list("absent")).isEmpty();
        assertThat(second.isA("Sink")).isTrue();
        assertThat(second.isA("Source")).isFalse();
    }

    @Test
    void fileThatIsNotADefinitionIsNamed() throws IOException {
        Path file = write("a.json", "{\"name\":");
        assertThatThrownBy(() -> ConnectorDefinition.read(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(file + " is not a connector's definition: ");
    }

    @Test
    void configurationWithoutANameIsNamedLikeItsFile() throws IOException {
        ConnectorDefinition definition = ConnectorDefinition.read(
                write("a.json", "{\"connector.class\":\"x.Sink\",\"tasks.max\":1,\"absent\":null}"));
        assertThat(definition.name()).isEqualTo("a.json");
        assertThat(definition.config()).isEqualTo(Map.of("connector.class", "x.Sink", "tasks.max", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "1"})
    void fileWithoutKeysIsNotADefinition(String content) throws IOException {
        Path file = write("a.json", content);
        assertThatThrownBy(() -> ConnectorDefinition.read(file))
                .hasMessage(file + " is not a connector's definition: it must be an object with keys of a connector, or"
                        + " with name and config");
    }

    @Test
    void definitionsThatFollowOneAnotherAreRead() throws IOException {
        assertThat(ConnectorDefinition.parseAll(
                        "{\"name\":\"a\",\"config\":{\"k\":1}}\n{\"name\":\"b\",\"config\":{\"k\":2}}"))
                .containsExactly(
                        new ConnectorDefinition("a", Map.of("k", "1")), new ConnectorDefinition("b", Map.of("k", "2")));
        assertThat(ConnectorDefinition.parseAll("")).isEmpty();
        assertThatThrownBy(() -> ConnectorDefinition.parseAll("{\"k\":1} no JSON"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void missingKeyIsNamed() throws IOException {
        ConnectorDefinition definition =
                ConnectorDefinition.read(write("a.json", "{\"name\":\"n\",\"config\":{\"a\":\"1\"}}"));
        assertThatThrownBy(() -> definition.get("topics"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Connector n has no key topics");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
