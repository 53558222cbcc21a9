package io.catalogconnect.benchmarks.duel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class DuelTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void contendersTakeTurnsAndWarmUpsDoNotCount() throws Exception {
        List<String> order = new ArrayList<>();
        PrimitiveIterator.OfDouble ours = DoubleStream.of(1, 30, 20).iterator();
        PrimitiveIterator.OfDouble theirs = DoubleStream.of(1, 40, 40).iterator();
        Duel.Outcome outcome = new Duel("rows/s", 1, told::add)
                .run(
                        2,
                        () -> order.add("prepare"),
                        () -> {
                            order.add("ours");
                            return ours.next();
                        },
                        () -> {
                            order.add("theirs");
                            return theirs.next();
                        });
        assertThat(order)
                .containsExactly("prepare", "ours", "theirs", "prepare", "theirs", "ours", "prepare", "ours", "theirs");
        assertThat(outcome).isEqualTo(new Duel.Outcome(List.of(30.0, 20.0), List.of(40.0, 40.0)));
        assertThat(outcome.ratios()).containsExactly(0.75, 0.5);
        assertThat(told)
                .containsExactly(
                        "  warm-up: 1 rows/s, baseline 1, ratio 1.00",
                        "  round 1: 30 rows/s, baseline 40, ratio 0.75",
                        "  round 2: 20 rows/s, baseline 40, ratio 0.50");
    }

    @Test
    void contenderThatFailsEndsTheDuel() {
        Duel duel = new Duel("rows/s", 0, told::add);
        assertThatThrownBy(() -> duel.run(1, () -> 1, () -> {
                    throw new IllegalStateException("the stream holds 3 rows");
                }))
                .hasMessage("the stream holds 3 rows");
        assertThat(told).isEmpty();
    }

    @Test
    void outcomeHasTheSameNumberOfRoundsOnBothSides() {
        assertThatThrownBy(() -> new Duel.Outcome(List.of(1.0), List.of()))
                .hasMessage("1 and 0 rounds; each needs the same number, one at least");
    }
}
