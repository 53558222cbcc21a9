package io.catalogconnect.localstack.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ledger finds what the crash test looks for. */
final class LedgerTest {
    private final Ledger ledger = new Ledger(Map.of("raw", row -> true, "even", row -> row % 2 == 0), 4);

    @Test
    void eachRowOnceAndTheMarkersBehindThemIsComplete() {
        rows("raw", 1, 2, 3, 4);
        rows("even", 2, 4);
        ledger.marker("raw", "a", 4, 0);
        assertThat(ledger.isComplete(1)).isFalse();
        ledger.marker("even", "a", 4, 0);

        assertThat(ledger.isComplete(1)).isTrue();
        assertThat(ledger.arrived()).isEqualTo(6);
        assertThat(ledger.doubled()).isZero();
        assertThat(ledger.faults()).isEmpty();
    }

    @Test
    void repeatedRowsAreCountedAndAreNotAFault() {
        rows("raw", 1, 2, 1, 2, 3, 4);
        ledger.marker("raw", "a", 4, 0);
        rows("raw", 4);
        ledger.marker("raw", "a", 4, 0);

        assertThat(ledger.doubled()).isEqualTo(4);
        assertThat(ledger.faults()).isEmpty();
    }

    @Test
    void skippedRowIsAGapEvenIfItComesLater() {
        rows("raw", 1, 3, 2, 3, 4);
        rows("even", 4);

        assertThat(ledger.faults()).isEqualTo(Map.of("a gap on raw", 1, "a gap on even", 1));
    }

    @Test
    void rowInTheWrongTableIsAFault() {
        rows("even", 3);

        assertThat(ledger.faults()).isEqualTo(Map.of("a gap on even", 1));
    }

    @Test
    void markerBeforeTheLastRowOrWithWrongCountsIsAFault() {
        rows("raw", 1, 2, 3);
        ledger.marker("raw", "a", 3, 1);
        rows("raw", 4);

        assertThat(ledger.faults())
                .isEqualTo(Map.of(
                        "an end marker before the last row on raw", 1,
                        "an end marker that says 3 rows and 1 rejects", 1,
                        "a row behind the end marker on raw", 1));
    }

    private void rows(String topic, long... rows) {
        for (long row : rows) {
            ledger.row(topic, "a", row);
        }
    }
}
