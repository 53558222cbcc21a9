package io.catalogconnect.benchmarks.duel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FigureTest {
    @Test
    void ratioIsThatOfTheMedians() {
        Figure odd = figure(List.of(1.0, 60.0, 70.0), List.of(100.0, 500.0, 90.0));
        assertThat(odd.ratio()).isEqualTo(0.6);
        Figure even = figure(List.of(10.0, 20.0), List.of(20.0, 30.0));
        assertThat(even.ratio()).isEqualTo(0.6);
    }

    @Test
    void tableHasFiguresBaselinesAndRatios() {
        assertThat(Figure.table(List.of(
                        figure(List.of(6_000.0, 8_000.0), List.of(10_000.0, 10_000.0)),
                        new Figure(
                                "the rule",
                                "by hand",
                                "ns",
                                new Duel.Outcome(List.of(13.27), List.of(11.01)),
                                "40 ns or less"))))
                .containsExactly(
                        "benchmark      unit    figure  baseline  which is            ratio  rounds        wanted",
                        "s3-csv-source  rows/s   7,000    10,000  source from memory   0.70  0.60 to 0.80  0.6 or more",
                        "the rule       ns        13.3      11.0  by hand              1.21  1.21 to 1.21  40 ns or less");
    }

    private static Figure figure(List<Double> subject, List<Double> baseline) {
        return new Figure(
                "s3-csv-source", "source from memory", "rows/s", new Duel.Outcome(subject, baseline), "0.6 or more");
    }
}
