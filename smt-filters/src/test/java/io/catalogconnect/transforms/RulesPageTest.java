package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.ConditionText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/rules.md} true. */
final class RulesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "rules.md");
    private static final Pattern EXAMPLES = Pattern.compile("```cel\n(.*?)```", Pattern.DOTALL);

    @Test
    void semanticsTableIsTheTestedOne() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("semantics.md"))) {
            assertThat(Files.readString(PAGE)).contains(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everyExampleIsAValidCondition() throws IOException {
        List<String> examples = EXAMPLES.matcher(Files.readString(PAGE))
                .results()
                .flatMap(match -> match.group(1).lines())
                .filter(line -> !line.isBlank())
                .toList();
        assertThat(examples).hasSizeGreaterThan(8);
        for (String example : examples) {
            assertThatCode(() -> Condition.of(ConditionText.whole("example", example)))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void quotedErrorMessageIsTheRealOne() throws IOException {
        String message = ConditionFilter.CONFIG_DEF
                .validate(Map.of(
                        "condition",
                        "value.brand == 'Samsung' && !present(value.imgae)",
                        "fields",
                        "brand:string, image:string?"))
                .stream()
                .filter(value -> value.name().equals("condition"))
                .map(ConfigValue::errorMessages)
                .findFirst()
                .orElseThrow()
                .get(0);
        assertThat(Files.readString(PAGE)).contains("```\n" + message + "\n```");
    }
}
