package io.catalogconnect.transforms.condition;

import org.apache.kafka.connect.connector.ConnectRecord;

/** Evaluates with compiled {@link Node}s. */
final class ClosureEvaluator implements Evaluator {
    private final Node root;
    private final boolean isCounted;

    ClosureEvaluator(Node root, boolean isCounted) {
        this.root = root;
        this.isCounted = isCounted;
    }

    @Override
    public Verdict evaluate(ConnectRecord<?> record) {
        if (isCounted) {
            Work.restart();
        }
        try {
            return root.test(record) ? Verdict.MATCH : Verdict.NO_MATCH;
        } catch (Undecided undecided) {
            return undecided.verdict();
        }
    }
}
