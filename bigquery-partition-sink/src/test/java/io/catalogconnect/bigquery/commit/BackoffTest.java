package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {

    private static final int DRAWS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "100, 1000, 0, 50, 100",
        "100, 1000, 1, 100, 200",
        "100, 1000, 3, 400, 800",
        "100, 1000, 4, 500, 1000",
        "100, 1000, 1000000, 500, 1000",
        "100, 10, 0, 50, 100",
        "0, 1000, 4, 8, 16"
    })
    void delayDoublesUpToTheLimitAndHalfOfItIsRandom(
            long first, long limit, int failures, long shortest, long longest) {
        Backoff backoff = new Backoff(Duration.ofMillis(first), Duration.ofMillis(limit), new Random(1));

        LongSummaryStatistics delays = LongStream.generate(() -> backoff.delayMillis(failures))
                .limit(DRAWS)
                .summaryStatistics();
        assertThat(delays.getMin()).isEqualTo(shortest);
        assertThat(delays.getMax()).isEqualTo(longest);
    }
}
