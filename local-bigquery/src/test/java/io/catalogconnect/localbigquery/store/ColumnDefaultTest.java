package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.TextCases;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of default expressions: {@code store/defaults.txt}. */
class ColumnDefaultTest {
    private static final Instant NOW = Instant.parse("2024-02-03T04:05:06.123456789Z");

    private static Stream<Arguments> defaults() {
        return TextCases.pairs("store/defaults.txt");
    }

    private static @Nullable Object value(String type, String expression) {
        boolean repeated = type.startsWith("REPEATED ");
        Column column = ColumnRules.column(new TableFieldSchema()
                .setName("a")
                .setType(repeated ? type.substring("REPEATED ".length()) : type)
                .setMode(repeated ? "REPEATED" : "NULLABLE")
                .setDefaultValueExpression(expression));
        return ColumnDefault.of(column).at(NOW);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defaults")
    void defaultHasTheListedValueOrIsRefused(String definition, String expected) {
        String[] parts = definition.split(" DEFAULT ", 2);
        String actual;
        try {
            actual = String.valueOf(value(parts[0], parts[1]));
        } catch (StoreException e) {
            assertThat(e).hasMessageStartingWith("Invalid default value expression for column \"a\": " + parts[1]);
            actual = "refused";
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void eachRowHasAnotherUuid() {
        String first = (String) value("STRING", "GENERATE_UUID()");
        assertThat(UUID.fromString(first)).hasToString(first);
        assertThat(value("STRING", "GENERATE_UUID()")).isNotEqualTo(first);
    }

    @Test
    void randIsBetweenZeroAndOne() {
        assertThat((Double) value("FLOAT64", "RAND()")).isBetween(0.0, 1.0);
    }
}
