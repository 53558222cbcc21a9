package io.catalogconnect.catalogctl.live.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SizeQueryTest {
    @ParameterizedTest
    @CsvSource({"2026, 2026-01-01", "202611, 2026-11-01", "20261130, 2026-11-30", "2026113007, 2026-11-30 07:00:00"})
    void partitionStartsWithItsFirstDateOrTime(String id, String start) {
        assertThat(SizeQuery.start(id)).isEqualTo(start);
    }
}
