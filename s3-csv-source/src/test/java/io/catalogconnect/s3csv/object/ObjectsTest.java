package io.catalogconnect.s3csv.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectsTest {

    @Test
    void aFileIsDatedByItsKeyElseByTheDayOfItsLastModification() {
        ObjectKeyPattern pattern = ObjectKeyPattern.of("dt=(?<date>\\d{4}-\\d{2}-\\d{2})");

        assertThat(pattern.fileDate(object("catalog/dt=2026-01-31/a.csv"))).isEqualTo(LocalDate.parse("2026-01-31"));
        assertThat(pattern.fileDate(object("catalog/a.csv"))).isEqualTo(LocalDate.parse("2026-02-03"));
        assertThat(ObjectKeyPattern.of("").fileDate(object("catalog/dt=2026-01-31/a.csv")))
                .isEqualTo(LocalDate.parse("2026-02-03"));
        assertThatThrownBy(() -> pattern.fileDate(object("catalog/dt=2026-02-30/a.csv")))
                .hasMessage("the date in the key is '2026-02-30', which is not a date such as 2026-01-31");
        assertThatThrownBy(() -> ObjectKeyPattern.of("(?<date>")).isInstanceOf(IllegalArgumentException.class);
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
    void aCallIsTriedAsOftenAsThePolicySaysAndNoOftener() throws Exception {
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
    void anInterruptEndsTheWait() {
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
