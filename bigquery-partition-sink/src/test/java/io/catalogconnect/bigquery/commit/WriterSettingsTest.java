package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WriterSettingsTest {

    @Test
    void smallestLimitsOfAppendsAreAccepted() {
        assertThatCode(() -> appends(1, 1, 1, 0)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 0", "1, 0, 1, 0", "1, 1, 0, 0", "1, 1, 1, -1"})
    void limitsThatAllowNoAppendAreRefused(int rows, long bytes, int inFlight, int resends) {
        assertThatThrownBy(() -> appends(rows, bytes, inFlight, resends))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows " + rows + ", bytes " + bytes + ", in flight " + inFlight + ", resends " + resends);
    }

    private static WriterSettings.Appends appends(int rows, long bytes, int inFlight, int resends) {
        return new WriterSettings.Appends(rows, bytes, inFlight, resends, Duration.ZERO, Duration.ofSeconds(1));
    }
}
