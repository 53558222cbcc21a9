package io.catalogconnect.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GrowthTest {
    private static final int MEGABYTE = 1_000_000;

    @Test
    void ratiosAreThoseOfACellAndPiecesCostWhatIsBeyondTheRows() {
        List<String> lines = Growth.table(
                "object",
                List.of(
                        new Growth(1, 1, 10, new Cost(100_000, 0.5, 100L * MEGABYTE, MEGABYTE, 3L * MEGABYTE)),
                        new Growth(1_001, 1_001, 10, new Cost(100_000, 0.75, 150L * MEGABYTE, 2L * MEGABYTE, MEGABYTE)),
                        new Growth(1, 1, 1_000, new Cost(1_000, 0.4, 200L * MEGABYTE, MEGABYTE, 0))));
        assertThat(lines)
                .containsExactly(
                        "                                     |     CPU s     CPU s        |        MB     bytes        |     heap MB         |     each object",
                        "   objects  dates  columns      rows |  / M rows / M cells  ratio |  / M rows    / cell  ratio | first batch     end |          CPU us  heap bytes",
                        "         1      1       10   100,000 |      5.00     0.500   1.00 |     1,000     100.0   1.00 |         3.0     1.0 |",
                        "     1,001  1,001       10   100,000 |      7.50     0.750   1.50 |     1,500     150.0   1.50 |         1.0     2.0 |             250       1,000",
                        "         1      1    1,000     1,000 |    400.00     0.400   0.80 |   200,000     200.0   2.00 |                 1.0 |");
    }
}
