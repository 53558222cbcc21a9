package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.localbigquery.TextCases;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Exact arithmetic and its errors: {@code store/decimals.txt}. */
class ExactDecimalTest {

    private static Stream<Arguments> calculations() {
        return TextCases.pairs("store/decimals.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calculations")
    void calculationHasTheListedResultOrError(String calculation, String expected) {
        assertThat(text(calculation.split(" ", -1))).isEqualTo(expected);
    }

    private static String text(String... parts) {
        ExactDecimal.Type type = ExactDecimal.Type.valueOf(parts[0]);
        try {
            BigDecimal result = parts.length == 3
                    ? type.ofText(parts[2])
                    : calculate(type, parts[1], new BigDecimal(parts[2]), new BigDecimal(parts[3]));
            return result == null ? "NULL" : result.stripTrailingZeros().toPlainString();
        } catch (RuntimeException e) {
            // DuckDB reports what toString() returns.
            return e.toString();
        }
    }

    private static @Nullable BigDecimal calculate(
            ExactDecimal.Type type, String operation, BigDecimal a, BigDecimal b) {
        return switch (operation) {
            case "add" -> type.add(a, b);
            case "subtract" -> type.subtract(a, b);
            case "multiply" -> type.multiply(a, b);
            case "divide" -> type.divide(a, b);
            case "safeDivide" -> type.safeDivide(a, b);
            case "div" -> type.div(a, b);
            case "mod" -> type.mod(a, b);
            default -> throw new IllegalArgumentException("Unknown operation " + operation);
        };
    }

    @ParameterizedTest
    @EnumSource(ExactDecimal.Type.class)
    void resultHasTheScaleOfTheStoredColumn(ExactDecimal.Type type) {
        assertThat(type.add(BigDecimal.ONE, BigDecimal.TEN).scale()).isEqualTo(type.storedScale());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"NaN, nan", "Infinity, inf", "-Infinity, -inf"})
    void nonFiniteNumberIsRefused(double value, String text) {
        assertThatThrownBy(() -> ExactDecimal.Type.NUMERIC.ofFloat(value))
                .hasMessage("Illegal conversion of non-finite floating point number to numeric: " + text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"1.5, 1.5", "0.1, 0.1", "-0.0000000005, -0.000000001", "0.00000000049, 0"})
    void numberIsRoundedToTheScale(double value, BigDecimal expected) {
        assertThat(ExactDecimal.Type.NUMERIC.ofFloat(value)).isEqualByComparingTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"1e30, 1e+30", "-2.5e40, -2.5e+40"})
    void numberOutOfRangeIsRefused(double value, String text) {
        assertThatThrownBy(() -> ExactDecimal.Type.NUMERIC.ofFloat(value)).hasMessage("numeric out of range: " + text);
    }
}
