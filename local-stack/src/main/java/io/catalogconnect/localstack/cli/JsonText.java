package io.catalogconnect.localstack.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;

/** JSON for a terminal: characters that change what is shown, such as the start of an escape sequence, are escaped. */
final class JsonText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonText() {}

    /** One line. */
    static String line(JsonNode node) {
        return escaped(node.toString());
    }

    /** Several lines. */
    static String lines(JsonNode node) {
        try {
            return escaped(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Control characters other than line ends are already escaped where JSON requires it. */
    private static String escaped(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.chars().forEach(c -> {
            int type = Character.getType(c);
            boolean visible = c == '\n'
                    || c == '\r'
                    || !(type == Character.CONTROL
                            || type == Character.FORMAT
                            || type == Character.LINE_SEPARATOR
                            || type == Character.PARAGRAPH_SEPARATOR);
            if (visible) {
                text.append((char) c);
            } else {
                text.append("\\u%04x".formatted(c));
            }
        });
        return text.toString();
    }
}
