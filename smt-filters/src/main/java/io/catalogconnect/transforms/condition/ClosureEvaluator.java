package io.catalogconnect.transforms.condition;

import org.apache.kafka.connect.connector.ConnectRecord;

/** Evaluates with compiled {@link Node}s. */
final class ClosureEvaluator implements Evaluator {
    private final Node root;

    ClosureEvaluator(Node root) {
        this.root = root;
    }

    @Override
    public Verdict evaluate(ConnectRecord<?> record) {
        try {
            return root.test(record) ? Verdict.MATCH : Verdict.NO_MATCH;
        } catch (Undecided undecided) {
            return undecided.verdict();
        }
    }
}
