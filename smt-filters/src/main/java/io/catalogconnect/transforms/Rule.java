package io.catalogconnect.transforms;

import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.Verdict;
import org.apache.kafka.connect.connector.ConnectRecord;

/** A condition and the count of its answers. Safe for use by several threads at once. */
public final class Rule {
    private final Condition condition;
    private final RuleCounters counters = new RuleCounters();

    /** A rule that has counted nothing yet. */
    public Rule(Condition condition) {
        this.condition = condition;
    }

    /** What the rule is called. */
    public String name() {
        return condition.name();
    }

    /** Whether the record has no value, and the rule asks for one. */
    public boolean missesTheValueOf(ConnectRecord<?> record) {
        return record.value() == null && condition.asksForValue();
    }

    /** The counted answer for one record. */
    public Verdict evaluate(ConnectRecord<?> record) {
        Verdict verdict = condition.evaluate(record);
        counters.count(verdict);
        return verdict;
    }

    RuleCounters counters() {
        return counters;
    }
}
