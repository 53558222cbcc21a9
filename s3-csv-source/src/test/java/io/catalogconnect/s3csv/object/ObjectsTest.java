package io.catalogconnect.s3csv.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectsTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/file-dates.txt", delimiter = '|')
    void fileDateIsFoundInTheKey(String pattern, String format, String missing, String key, String expected) {
        ObjectKeyPattern dates = ObjectKeyPattern.of(pattern)
                .with(
                        DateNotation.of(format),
                        MissingDate.valueOf(missing.toUpperCase(Locale.ROOT).replace('-', '_')));

        assertThat(dates.skips(key)).isEqualTo(expected.equals("skipped"));
        if (expected.startsWith("error: ")) {
            assertThatThrownBy(() -> dates.fileDate(object(key))).hasMessage(expected.substring("error: ".length()));
        } else if (!expected.equals("skipped")) {
            assertThat(dates.fileDate(object(key))).isEqualTo(LocalDate.parse(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?<date>",
                "dt=(\\d+)",
                "(?<year>\\d+)(?<month>\\d+)",
                "(?<year>1)(?<month>1)(?<day>1)(?<date>1)"
            })
    void patternWithoutTheGroupsOfADateIsRefused(String pattern) {
        assertThatThrownBy(() -> ObjectKeyPattern.of(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HH:mm", "yyyy-MM", "nonsense", "epoch"})
    void formatThatDeterminesNoDayIsRefused(String format) {
        assertThatThrownBy(() -> DateNotation.of(format)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutAPatternTheDateIsTheDayOfTheLastModification() {
        assertThat(ObjectKeyPattern.of("").fileDate(object("catalog/dt=2026-01-31/a.csv")))
                .isEqualTo(LocalDate.parse("2026-02-03"));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("plain \u00e9 \u4e16", "plain \u00e9 \u4e16"),
                Arguments.of("a\nb\r\tc", "a\\nb\\r\\tc"),
                Arguments.of("a" + (char) 0x1B + "[31mb", "a\\u001B[31mb"),
                Arguments.of("a" + (char) 0x202E + "b" + (char) 0xFEFF + "c", "a\\u202Eb\\uFEFFc"),
                Arguments.of("a" + (char) 0xA0 + "b", "a\\u00A0b"),
                Arguments.of("a" + (char) 0x2028 + "b", "a\\u2028b"),
                Arguments.of("a" + (char) 0xD800 + "b", "a\\uD800b"));
    }

    /** A key cannot forge a log line. */
    @ParameterizedTest
    @MethodSource("texts")
    void textsInMessagesAreEscaped(String text, String shown) {
        assertThat(MessageText.of(text)).isEqualTo(shown);
        assertThat(object("x" + text)).hasToString("s3://b/x" + shown);
    }

    @Test
    void textsInMessagesAreShortened() {
        assertThat(MessageText.of("a".repeat(200))).isEqualTo("a".repeat(128) + "... (200 characters)");
        assertThat(MessageText.of("a" + "😀".repeat(100))).isEqualTo("a" + "😀".repeat(63) + "... (201 characters)");
    }

    @Test
    void objectsHaveNamesAndASize() {
        assertThat(object("k")).hasToString("s3://b/k");
        assertThatThrownBy(() -> new ObjectRef("b", "", "e", 1, Instant.EPOCH))
                .hasMessage("An object has a bucket, a key and an ETag");
        assertThatThrownBy(() -> new ObjectRef("b", "k", "e", -1, Instant.EPOCH))
                .hasMessage("size is -1 for k, negative");
    }

    @Test
    void waitsDoubleUpToTheLongestAndNoTwoAreTheSame() {
        RetryPolicy policy = new RetryPolicy(9, Duration.ofMillis(100), Duration.ofMillis(1000));
        Random random = new Random(1);

        for (int failures = 1; failures < 9; failures++) {
            long limit = Math.min(1000, 100L << (failures - 1));
            Duration delay = policy.delay(failures, random);
            assertThat(delay).isBetween(Duration.ofMillis(limit / 2), Duration.ofMillis(limit));
            assertThat(policy.delay(failures, random)).isNotEqualTo(delay);
        }
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO))
                .hasMessage("attempts is 0, base PT0S, max PT0S: want attempts >= 1, 0 <= base <= max");
    }

    @Test
    void callIsRetriedAsOftenAsThePolicySays() throws Exception {
        List<Duration> pauses = new ArrayList<>();
        Retries retries =
                new Retries(new RetryPolicy(3, Duration.ofMillis(8), Duration.ofMillis(8)), pauses::add, new Random(1));
        int[] calls = {0};

        assertThat(retries.<String>call("Listing", () -> {
                    if (++calls[0] < 3) {
                        throw new TransientStoreException("503", null);
                    }
                    return "listed";
                }))
                .isEqualTo("listed");
        assertThat(pauses).hasSize(2);
        assertThatThrownBy(() -> retries.call("Listing", () -> {
                    throw new TransientStoreException("503", null);
                }))
                .isInstanceOf(TransientStoreException.class)
                .hasMessage("Listing failed 3 times in a row, the last time with: 503");
        assertThatThrownBy(() -> retries.call("Listing", () -> {
                    throw new StoreException("403", null);
                }))
                .hasMessage("403");
        assertThat(pauses).hasSize(4);
    }

    @Test
    void interruptEndsTheWait() {
        Retries retries = new Retries(
                new RetryPolicy(3, Duration.ZERO, Duration.ZERO),
                duration -> {
                    throw new InterruptedException("stop");
                },
                new Random(1));

        assertThatThrownBy(() -> retries.call("Listing", () -> {
                    throw new TransientStoreException("503", null);
                }))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("Listing was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static ObjectRef object(String key) {
        return new ObjectRef("b", key, "e", 1, Instant.parse("2026-02-03T23:59:59Z"));
    }
}
