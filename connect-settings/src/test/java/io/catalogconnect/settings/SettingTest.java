package io.catalogconnect.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingTest {

    private enum Order {
        BY_KEY,
        MODIFIED
    }

    private static final Setting<String> BUCKET =
            Setting.text("bucket").described(Importance.HIGH, "Bucket", "Name of the bucket.");
    private static final Setting<Order> ORDER = Setting.word("order", Order.BY_KEY);
    private static final Setting<Integer> ROWS = Setting.integer("rows", 10, 1, 100);
    private static final Setting<Duration> WAIT = Setting.millis("wait.ms", 500, 0, Long.MAX_VALUE);
    private static final Setting<Optional<Duration>> OUTAGE = Setting.millisOrUnlimited("outage.ms", -1, 1_000);
    private static final Setting<Double> RATIO = Setting.ratio("ratio", 1.0);
    private static final Setting<Boolean> TRIM = Setting.flag("trim", false);
    private static final Setting<Optional<String>> SECRET = Setting.password("secret")
            .map(secret -> secret.map(text -> {
                if (text.length() < 4) {
                    throw new IllegalArgumentException("it must have at least 4 characters");
                }
                return text;
            }));
    private static final Setting<Optional<Integer>> PORT =
            Setting.parsed("port", "a port", Integer::valueOf).optional();
    private static final Setting<List<Integer>> IDS = Setting.list("ids", "numbers", text -> {
        if (text.length() > 3) {
            throw new IllegalArgumentException("each entry must have at most 3 digits");
        }
        return Integer.valueOf(text);
    });

    private static final SettingsTable TABLE = SettingsTable.builder()
            .group("Where", BUCKET, ORDER)
            .group("How", ROWS, WAIT, OUTAGE, RATIO, TRIM, SECRET, PORT, IDS)
            .check((settings, problems) -> {
                if (settings.get(TRIM) && settings.get(ROWS) > 50) {
                    problems.add(ROWS, "is " + settings.get(ROWS) + ", more than 50, and trim is true. Lower it");
                }
            })
            .keysOfOthers(Map.of("maxRows", "Use rows."))
            .build();

    @Test
    void defaultsAreParsed() {
        Settings settings = TABLE.parse(Map.of("bucket", "b"));

        assertThat(settings.get(BUCKET)).isEqualTo("b");
        assertThat(settings.get(ORDER)).isEqualTo(Order.BY_KEY);
        assertThat(settings.get(ROWS)).isEqualTo(10);
        assertThat(settings.get(WAIT)).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.get(OUTAGE)).isEmpty();
        assertThat(settings.get(RATIO)).isEqualTo(1.0);
        assertThat(settings.get(TRIM)).isFalse();
        assertThat(settings.get(SECRET)).isEmpty();
        assertThat(settings.get(PORT)).isEmpty();
        assertThat(settings.get(IDS)).isEmpty();
    }

    @Test
    void givenValuesAreParsed() {
        Settings settings = TABLE.parse(Map.of(
                "bucket",
                "b",
                "order",
                "By-Key",
                "outage.ms",
                "7",
                "secret",
                "long enough",
                "port",
                "80",
                "ids",
                "1, 2"));

        assertThat(settings.get(ORDER)).isEqualTo(Order.BY_KEY);
        assertThat(settings.get(OUTAGE)).contains(Duration.ofMillis(7));
        assertThat(settings.get(SECRET)).contains("long enough");
        assertThat(settings.get(PORT)).contains(80);
        assertThat(settings.get(IDS)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bucket    | ' '    | bucket is '': it must not be blank
            bucket    | ${b}   | bucket contains a placeholder (${...}) that no configuration provider has replaced. Check the worker's config.providers and which files or variables they may read
            order     | x      | order is 'x': it must be one of by-key, modified
            rows      | 0      | rows is '0': it must be 1 to 100
            rows      | 101    | rows is '101': it must be 1 to 100
            wait.ms   | -1     | wait.ms is '-1': it must be 0 or more
            outage.ms | -2     | outage.ms is '-2': it must be -1 to 1000
            ratio     | 1.5    | ratio is '1.5': it must be between 0 and 1
            ratio     | NaN    | ratio is 'NaN': it must be between 0 and 1
            secret    | abc    | secret is not valid: it must have at least 4 characters
            port      | x      | port is 'x': For input string: "x"
            ids       | 1,2345 | ids is '1,2345': each entry must have at most 3 digits
            rows      | abc    | Invalid value abc for configuration rows: Not a number of type INT
            """)
    void invalidValueIsNamedWithWhatIsAccepted(String key, String value, String message) {
        Map<String, String> properties = new HashMap<>(Map.of("bucket", "b"));
        properties.put(key, value);

        assertThatThrownBy(() -> TABLE.parse(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
        assertThat(TABLE.validate(properties).configValues())
                .filteredOn(result -> !result.errorMessages().isEmpty())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.name()).isEqualTo(key);
                    assertThat(result.errorMessages()).containsExactly(message);
                });
    }

    @Test
    void longValueIsShortenedAndItsControlCharactersAreEscaped() {
        assertThatThrownBy(() -> TABLE.parse(Map.of("bucket", "b", "order", "a\nb" + "x".repeat(200))))
                .hasMessage("order is 'a\\u000ab" + "x".repeat(77)
                        + "... (203 characters)': it must be one of by-key, modified");
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        assertThatThrownBy(() -> TABLE.parse(Map.of("order", "x", "trim", "true", "rows", "60")))
                .hasMessage("""
                        The configuration has 3 errors:
                        - Missing required configuration "bucket" which has no default value.
                        - order is 'x': it must be one of by-key, modified
                        - rows is 60, more than 50, and trim is true. Lower it""");
    }

    @Test
    void checkThatReadsAnInvalidValueIsLeftToThatValuesError() {
        assertThatThrownBy(() -> TABLE.parse(Map.of("bucket", "b", "trim", "true", "rows", "600")))
                .hasMessage("rows is '600': it must be 1 to 100");
    }

    @Test
    void selfCheckingDefinitionReportsAProblemAtItsKey() {
        Map<String, String> properties = Map.of("bucket", "b", "trim", "true", "rows", "60");

        assertThat(TABLE.selfCheckingDefinition().validate(properties))
                .filteredOn(result -> !result.errorMessages().isEmpty())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.name()).isEqualTo("rows");
                    assertThat(result.errorMessages())
                            .containsExactly("rows is 60, more than 50, and trim is true. Lower it");
                });
    }

    @Test
    void wordsCanBeSomeConstantsOfAnEnum() {
        Setting<Order> modified = Setting.oneOf("only", Order.MODIFIED, List.of());
        SettingsTable table = SettingsTable.builder().group("All", modified).build();

        assertThat(table.parse(Map.of()).get(modified)).isEqualTo(Order.MODIFIED);
        assertThatThrownBy(() -> table.parse(Map.of("only", "by-key")))
                .hasMessage("only is 'by-key': it must be one of modified");
    }

    @Test
    void wordsAreRecommended() {
        assertThat(TABLE.validate(Map.of("bucket", "b")).configValues())
                .filteredOn(result -> result.name().equals("order"))
                .singleElement()
                .extracting(ConfigValue::recommendedValues)
                .isEqualTo(List.of("by-key", "modified"));
    }

    @Test
    void keyOfAnotherConnectorIsRefusedWithItsEquivalent() {
        assertThat(TABLE.validate(Map.of("bucket", "b", "maxRows", "3")).configValues())
                .filteredOn(result -> !result.errorMessages().isEmpty())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.name()).isEqualTo("maxRows");
                    assertThat(result.errorMessages())
                            .containsExactly("maxRows is a key of another connector. Use rows.");
                });
    }

    @Test
    void unusedKeysAreNamedWithWhatWasProbablyMeant() {
        assertThat(TABLE.unusedKeys(Map.of(
                        "bucket",
                        "b",
                        "Order",
                        "x",
                        "wait-ms",
                        "1",
                        "colour",
                        "red",
                        "maxRows",
                        "3",
                        "tasks.maxx",
                        "1",
                        "name",
                        "n",
                        "transforms.f.type",
                        "t",
                        "errors.tolerance",
                        "all")))
                .containsExactly(
                        "Order is not used. Did you mean order?",
                        "colour is not used.",
                        "maxRows is not used: it is a key of another connector. Use rows.",
                        "tasks.maxx is not used. Did you mean tasks.max?",
                        "wait-ms is not used. Did you mean wait.ms?");
    }

    @Test
    void keysThatMarkTheConnectorsOfAContractAreNotReported() {
        assertThat(TABLE.unusedKeys(Map.of(
                        "contract.id",
                        "i",
                        "contract.environment",
                        "e",
                        "contract.version",
                        "1.0.0",
                        "contract.digest",
                        "d",
                        "contract.owner",
                        "o")))
                .containsExactly("contract.owner is not used.");
    }

    @Test
    void propertiesOfConnectAreVisibleToChecks() {
        assertThat(TABLE.parse(Map.of("bucket", "b", "errors.tolerance", "all")).connectProperty("errors.tolerance"))
                .isEqualTo("all");
    }
}
