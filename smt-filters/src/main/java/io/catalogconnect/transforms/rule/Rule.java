package io.catalogconnect.transforms.rule;

import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.Verdict;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;

/** A condition with the counters of its results. Thread-safe at once. */
public final class Rule {
    private final String title;
    private final Condition condition;
    private final RuleCounters counters = new RuleCounters();

    /**
     * Creates a rule whose counters are 0.
     *
     * @param title names the rule in error messages, for example "route to 'products.team-a'"
     */
    public Rule(String title, Condition condition) {
        this.title = title;
        this.condition = condition;
    }

    /** Name of the rule: the topic, header or key that it belongs to. */
    public String name() {
        return condition.name();
    }

    /** The condition as it is written. */
    public String condition() {
        return condition.text();
    }

    String title() {
        return title;
    }

    /** True if the record is a tombstone and the condition reads the value. */
    public boolean lacksValueOf(ConnectRecord<?> record) {
        return record.value() == null && condition.readsValue();
    }

    /** Evaluates the condition for a record and counts the result. */
    public Verdict evaluate(ConnectRecord<?> record) {
        Verdict verdict = condition.evaluate(record);
        counters.count(verdict);
        return verdict;
    }

    /** Counts a record that was dropped because of this rule. */
    public void countDrop() {
        counters.drop();
    }

    Map<String, Long> counts() {
        return counters.counts();
    }
}
