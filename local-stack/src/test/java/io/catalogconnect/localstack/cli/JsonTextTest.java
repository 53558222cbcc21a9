package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTextTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({
        "0x1b, \\u001B",
        "0x9b, \\u009b",
        "0x7f, \\u007f",
        "0x202e, \\u202e",
        "0x200b, \\u200b",
        "0x2028, \\u2028",
        "0x2029, \\u2029",
        "0xe9, é",
        "0x20, ' '"
    })
    void characterThatChangesWhatATerminalShowsIsEscaped(int character, String shown) {
        JsonNode node = JSON.getNodeFactory().textNode("a" + (char) character + "b");

        assertThat(JsonText.line(node)).isEqualToIgnoringCase("\"a" + shown + "b\"");
        assertThat(JsonText.lines(node)).isEqualToIgnoringCase("\"a" + shown + "b\"");
    }

    @Test
    void lineEndsOfTheLayoutStay() {
        assertThat(JsonText.lines(JSON.createObjectNode().put("a", 1)).lines())
                .containsExactly("{", "  \"a\" : 1", "}");
    }
}
