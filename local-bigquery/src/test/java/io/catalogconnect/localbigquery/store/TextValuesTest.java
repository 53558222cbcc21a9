package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localbigquery.TextCases;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values parsed from text: {@code store/values.txt}. */
class TextValuesTest {

    private static Stream<Arguments> values() {
        return TextCases.pairs("store/values.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void textHasTheListedValueOrError(String text, String expected) {
        String[] parts = text.split(":", 2);
        assertThat(parse(FieldType.valueOf(parts[0]), parts[1])).isEqualTo(expected);
    }

    private static String parse(FieldType type, String text) {
        try {
            Object value = TextValues.parse(type, text);
            return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
        } catch (InvalidValueException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
