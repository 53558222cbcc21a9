package io.catalogconnect.transforms.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule is data from a team: it can neither reach outside its record nor run without end. */
final class FencesTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "value.getClass().getName() == 'x'",
                "java.lang.System.exit(1) == null",
                "java.lang.Runtime.getRuntime() == null",
                "\"\".class == null",
                "\"\".getClass() == null",
                "System.getenv('HOME') == ''",
                "new java.io.File('/') == null",
                "import('os') == null",
                "type(value) == string",
                "dyn(value).x",
                "google.protobuf.Any{type_url: 'x'} == null",
                "{'a': 1}.a == 1",
                "value.x.all(y, y > 1)",
                "[1, 2].exists(y, y > 1)",
                "[1, 2].map(y, [1, 2].map(z, z)).size() > 1",
                "[1].filter(y, true) == []",
                "cel.bind(x, 1, x > 0)",
                "value = 5",
                "value.x = 5",
                "value.x; value.y",
                "while (true) {}",
                "true // a remark\n)",
                "1u == 1u",
                "uint(1) == uint(1)",
                "bytes('a') == b'a'",
                "value.x.matches(value.y)",
                "value.x.matches('(((a{100}){100}){100}){100}')",
                "value.x.matches('((a{1000}){1000}){1000}')",
                "value.x.matches('(?<=a)b')",
                "value.x.matches('(a)\\\\1')"
            })
    void textOutsideTheLanguageIsRefused(String condition) {
        Assertions.assertTimeoutPreemptively(
                SOON,
                () -> assertThatThrownBy(() -> Condition.of(ConditionText.whole("rule", condition)))
                        .isInstanceOf(ConditionSyntaxException.class)
                        .hasMessageStartingWith("line "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "value.x.all(y, y > 1)|'all' is a loop; a condition has none, so that it always ends",
                "{'a': 1}.a == 1|a condition cannot build messages or maps; it can look at the record only",
                "value.x.matches(value.y)|the regular expression must be written out, as in value.brand.matches('^Sam')",
                "1u == 1u|unsigned numbers are not part of the language; leave the u away",
                "foo == 1|there is no name 'foo'; did you mean 'value.foo'? A record has value, key, headers, topic, timestamp",
                "value.x == 1 1|'1' was not expected here",
                "value.x ==== 1|'===' is not an operator; compare with =="
            })
    void refusalNamesTheReason(String condition, String problem) {
        assertThatThrownBy(() -> Condition.of(ConditionText.whole("rule", condition)))
                .isInstanceOfSatisfying(
                        ConditionSyntaxException.class,
                        e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void conditionLongerThanTheLimitIsRefused() {
        String longest = "true" + " ".repeat(Language.MAX_LENGTH - 4);
        assertThat(Condition.of(ConditionText.whole("rule", longest)).name()).isEqualTo("rule");
        assertThatThrownBy(() -> Condition.of(ConditionText.whole("rule", longest + " ")))
                .hasMessageStartingWith(
                        "line 1, column 4097: the condition has 4097 characters, at most 4096 are taken\n");
    }

    @Test
    void deeplyNestedConditionIsRefused() {
        String deep = "(".repeat(2000) + "true" + ")".repeat(2000);
        assertThatThrownBy(() -> Condition.of(ConditionText.whole("rule", deep)))
                .isInstanceOf(ConditionSyntaxException.class);
        assertThatThrownBy(() -> Condition.of(ConditionText.whole("rule", "value.x + ".repeat(100) + "1 == 1")))
                .hasMessageStartingWith(
                        "line 1, column 1: the condition is nested too deeply or has too many operators in a"
                                + " row; at most 64 are taken\n");
        String nots = "!".repeat(4000) + "true";
        assertThat(Condition.of(ConditionText.whole("rule", nots)).evaluate(record("a")))
                .isEqualTo(Verdict.MATCH);
        String lists = "[".repeat(2000) + "]".repeat(2000) + " == []";
        assertThatThrownBy(() -> Condition.of(ConditionText.whole("rule", lists)))
                .isInstanceOf(ConditionSyntaxException.class);
    }

    @Test
    void longConditionOverALongTextEnds() {
        String hostile = "a".repeat(200_000) + "!";
        String regex = "value.x.matches('^(a+)+$') || value.x.matches('(a|aa)+$') || value.x.matches('(.*)*b')";
        String sum = "size(" + "value.x + ".repeat(10) + "'') < 0";
        String ors = "value.x == 'b' || ".repeat(200) + "false";
        Assertions.assertTimeoutPreemptively(SOON, () -> {
            for (String condition : new String[] {regex, sum, ors}) {
                assertThat(Condition.of(ConditionText.whole("rule", condition)).evaluate(record(hostile)))
                        .isEqualTo(Verdict.NO_MATCH);
            }
        });
    }

    private static SourceRecord record(String x) {
        return FieldValue.record(null, Map.of("x", x));
    }
}
