package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

/** What REST validation says: Connect validates a transformation's keys with its ConfigDef, as is done here. */
final class ConditionErrorsTest {
    @Test
    void misspelledNameIsReportedWithItsPlaceAndTheNearestName() {
        assertThat(errors("valu.brand == 'Samsung'")).containsExactly("""
                        condition is not valid: line 1, column 1: there is no name 'valu'; did you mean 'value'?
                          valu.brand == 'Samsung'
                          ^""");
    }

    @Test
    void misspelledFunctionIsReportedWithItsPlaceAndTheNearestFunction() {
        assertThat(errors("value.brand == 'Samsung' &&\n  !presnt(value.image)"))
                .containsExactly("""
                        condition is not valid: line 2, column 4: there is no function 'presnt'; did you mean 'present'?
                            !presnt(value.image)
                             ^""");
    }

    @Test
    void incompleteConditionIsReportedAtItsEnd() {
        assertThat(errors("value.year_release > 2000 &&")).containsExactly("""
                        condition is not valid: line 1, column 29: the condition ends too early; something is missing here
                          value.year_release > 2000 &&
                                                      ^""");
    }

    @Test
    void missingQuotationMarkIsReported() {
        assertThat(errors("value.brand == 'Samsung")).containsExactly("""
                        condition is not valid: line 1, column 16: this quotation mark is not closed
                          value.brand == 'Samsung
                                         ^""");
    }

    @Test
    void resultThatIsNotBooleanIsRefused() {
        assertThat(errors("'Samsung'")).containsExactly("""
                        condition is not valid: line 1, column 1: the condition gives a string, it must give true or false; compare it\
                         with something, or ask present(...)
                          'Samsung'
                          ^""");
    }

    @Test
    void mistakeInAListIsReportedWithItsLineInTheWholeKey() {
        assertThat(errorsOf(
                        "conditions.by.topic",
                        "# the teams\nproducts.team-a: present(value.image)\nproducts.team-b: topic ==\n    5"))
                .containsExactly("""
                        conditions.by.topic is not valid: line 3, column 24: '==' does not take (string, int); num(...) makes a number of\
                         a text
                          products.team-b: topic ==
                                                 ^""");
    }

    @Test
    void invalidRegularExpressionIsRefused() {
        assertThat(errors("value.brand.matches('[')")).containsExactly("""
                        condition is not valid: line 1, column 21: this is no regular expression of RE2: error parsing regexp: missing\
                         closing ]: `[`
                          value.brand.matches('[')
                                              ^""");
    }

    @Test
    void topicWithTwoConditionsIsRefused() {
        assertThat(errorsOf("conditions.by.topic", "t: true\nt: false")).containsExactly("""
                        conditions.by.topic is not valid: line 2, column 3: topic 't' already has a condition; join the two with ||\
                         or &&
                          t: false
                            ^""");
    }

    @Test
    void lineWithoutATopicIsRefused() {
        assertThat(errorsOf("conditions.by.topic", "present(value.image)")).containsExactly("""
                        conditions.by.topic is not valid: line 1, column 1: an entry starts with a topic and a colon; a line that\
                         continues the entry above starts with a space
                          present(value.image)
                          ^""");
    }

    @Test
    void unresolvedPlaceholderIsRefused() {
        assertThat(errors("value.brand == '${env:BRAND}'"))
                .containsExactly(
                        "condition contains a placeholder (${...}) that no configuration provider has replaced. Check the"
                                + " worker's config.providers and which files or variables they may read");
    }

    @Test
    void unknownWordIsRefusedWithTheAcceptedWords() {
        assertThat(errorsOf("on.null", "ignore"))
                .containsExactly("on.null is 'ignore': it must be one of fail, keep, drop");
    }

    private static List<String> errors(String condition) {
        return errorsOf("condition", condition);
    }

    private static List<String> errorsOf(String key, String value) {
        return ConditionFilter.CONFIG_DEF.validate(Map.of(key, value)).stream()
                .filter(config -> config.name().equals(key))
                .map(ConfigValue::errorMessages)
                .findFirst()
                .orElseThrow();
    }
}
