package io.catalogconnect.benchmarks.duel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures two contenders by turns, so that what else the machine does meets both. Who goes first changes from round
 * to round.
 */
public final class Duel {
    private final String unit;
    private final int warmUps;
    private final Consumer<String> progress;

    /** One of the two. */
    @FunctionalInterface
    public interface Contender {
        /** Measures once. */
        double measure() throws Exception;
    }

    /**
     * What came out: one entry a round that counts.
     *
     * @param subject what is measured
     * @param baseline what it is measured against
     */
    public record Outcome(List<Double> subject, List<Double> baseline) {
        public Outcome {
            subject = List.copyOf(subject);
            baseline = List.copyOf(baseline);
            if (subject.isEmpty() || subject.size() != baseline.size()) {
                throw new IllegalArgumentException(subject.size() + " and " + baseline.size()
                        + " rounds; each needs the same number, one at least");
            }
        }

        /** Each round's ratio, in the order of the rounds. */
        public List<Double> ratios() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < subject.size(); i++) {
                ratios.add(subject.get(i) / baseline.get(i));
            }
            return ratios;
        }
    }

    /**
     * A duel.
     *
     * @param unit of what is measured
     * @param warmUps rounds before those that count
     * @param progress is told each round's measurements
     */
    public Duel(String unit, int warmUps, Consumer<String> progress) {
        this.unit = unit;
        this.warmUps = warmUps;
        this.progress = progress;
    }

    /** What both need before a round, not measured. */
    @FunctionalInterface
    public interface Preparation {
        /** Does it. */
        void prepare() throws Exception;
    }

    /**
     * Warms up, and then runs this many rounds.
     *
     * @throws Exception what a contender throws
     */
    public Outcome run(int rounds, Contender subject, Contender baseline) throws Exception {
        return run(rounds, () -> {}, subject, baseline);
    }

    /** The same, with something to do before each round. */
    public Outcome run(int rounds, Preparation preparation, Contender subject, Contender baseline) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 1 - warmUps; round <= rounds; round++) {
            preparation.prepare();
            boolean subjectFirst = round % 2 == 0;
            double first = (subjectFirst ? subject : baseline).measure();
            double second = (subjectFirst ? baseline : subject).measure();
            double measured = subjectFirst ? first : second;
            double against = subjectFirst ? second : first;
            progress.accept(String.format(
                    Locale.ROOT,
                    "  %s: %,.0f %s, baseline %,.0f, ratio %.2f",
                    round < 1 ? "warm-up" : "round " + round,
                    measured,
                    unit,
                    against,
                    measured / against));
            if (round > 0) {
                ours.add(measured);
                theirs.add(against);
            }
        }
        return new Outcome(ours, theirs);
    }
}
