package io.catalogconnect.transforms.rule;

import io.catalogconnect.transforms.condition.Verdict;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the results of one rule. Thread-safe at once. */
final class RuleCounters {
    private final LongAdder matched = new LongAdder();
    private final LongAdder unmatched = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder nulls = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private final LongAdder errors = new LongAdder();

    void count(Verdict verdict) {
        LongAdder counter = switch (verdict.kind()) {
            case MATCH -> matched;
            case NO_MATCH -> unmatched;
            case NULL -> nulls;
            case MISSING -> missing;
            case ERROR -> errors;
        };
        counter.increment();
    }

    void drop() {
        dropped.increment();
    }

    /** The counts, by name: evaluated, matched, dropped, null, missing, errors. */
    Map<String, Long> counts() {
        long answered = matched.sum() + unmatched.sum();
        return Map.of(
                "evaluated",
                answered + nulls.sum() + missing.sum() + errors.sum(),
                "matched",
                matched.sum(),
                "dropped",
                dropped.sum(),
                "null",
                nulls.sum(),
                "missing",
                missing.sum(),
                "errors",
                errors.sum());
    }
}
