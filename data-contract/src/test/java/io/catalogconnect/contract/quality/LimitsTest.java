package io.catalogconnect.contract.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Places;
import io.catalogconnect.contract.model.QualityArguments;
import io.catalogconnect.contract.model.QualityCheck;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsTest {
    @ParameterizedTest
    @CsvSource({
        "mustBe, 0, = 0, 0.0, 1",
        "mustNotBe, 0, != 0, 1, 0",
        "mustBeGreaterThan, 2.5, > 2.5, 3, 2.5",
        "mustBeGreaterOrEqualTo, 2, >= 2, 2, 1.9",
        "mustBeLessThan, 2, < 2, 1, 2",
        "mustBeLessOrEqualTo, 2, <= 2, 2, 3",
        "mustBeBetween, '[1, 5]', between 1 and 5, 5, 5.1",
        "mustNotBeBetween, '[1, 5]', not between 1 and 5, 0, 1"
    })
    void limitHoldsForSomeNumbers(String key, String value, String shown, BigDecimal kept, BigDecimal broken) {
        Limits limits = Limits.ofValid(check(Map.of(key, value)));
        assertThat(limits).hasToString(shown);
        assertThat(limits.hold(kept)).isTrue();
        assertThat(limits.hold(broken)).isFalse();
    }

    @Test
    void allLimitsMustHold() {
        Limits limits = Limits.ofValid(check(Map.of("mustBeGreaterThan", "1", "mustBeLessThan", "3")));
        assertThat(limits.hold(new BigDecimal("2"))).isTrue();
        assertThat(limits.hold(new BigDecimal("3"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "mustBe, 0, mustBeLessThan, 0, '= 0, < 0'",
        "mustBe, 1, mustNotBe, 1.0, '= 1, != 1.0'",
        "mustBeGreaterThan, 5, mustBeLessThan, 5, '> 5, < 5'",
        "mustBeGreaterOrEqualTo, 6, mustBeLessOrEqualTo, 5, '>= 6, <= 5'",
        "mustBeBetween, '[2, 3]', mustNotBeBetween, '[1, 4]', 'between 2 and 3, not between 1 and 4'",
    })
    void limitsThatNoNumberCanKeepAreRefused(
            String first, String firstValue, String second, String secondValue, String shown) {
        Map<String, String> limits = new LinkedHashMap<>();
        limits.put(first, firstValue);
        limits.put(second, secondValue);
        assertThatThrownBy(() -> Limits.of(check(limits)))
                .hasMessage("No number can keep all limits of rowCount: " + shown + ". Remove or correct one.");
    }

    @ParameterizedTest
    @CsvSource({
        "mustBe, 0, mustBeLessThan, 1",
        "mustBeGreaterThan, 5, mustBeLessThan, 5.1",
        "mustBeGreaterOrEqualTo, 5, mustBeLessOrEqualTo, 5",
        "mustBeBetween, '[1, 4]', mustNotBeBetween, '[2, 3]'",
        "mustNotBe, 0, mustBeLessOrEqualTo, 0",
    })
    void limitsThatSomeNumberKeepsAreAccepted(String first, String firstValue, String second, String secondValue) {
        assertThatCode(() -> Limits.of(check(Map.of(first, firstValue, second, secondValue))))
                .doesNotThrowAnyException();
    }

    @Test
    void limitThatIsNoNumberIsNamed() {
        assertThatThrownBy(() -> Limits.of(check(Map.of("mustBe", "few"))))
                .hasMessage("mustBe of rowCount must be a number.");
        assertThatThrownBy(() -> Limits.of(check(Map.of("mustBeBetween", "[1]"))))
                .hasMessage("mustBeBetween of rowCount must be two numbers, such as [1, 5].");
        assertThatThrownBy(() -> Limits.of(check(Map.of())))
                .hasMessage("The check rowCount has no limit, such as mustBe: 0. The check needs one.");
    }

    private static QualityCheck check(Map<String, String> limits) {
        return new QualityCheck(
                "",
                "",
                "library",
                "rowCount",
                new QualityArguments("", List.of(), List.of(), List.of()),
                "",
                false,
                "",
                "",
                limits,
                new Places(Place.START, Map.of(), Map.of()));
    }
}
