package io.catalogconnect.transforms.condition;

import org.apache.kafka.connect.connector.ConnectRecord;

/**
 * A part of a condition, made ready for one schema. Stateless, so that threads can share it; allocates nothing for the
 * kinds of values that a Struct holds as the language does (string, int64, boolean).
 */
abstract class Node {
    /**
     * The value for a record, in the language's kinds.
     *
     * @throws Undecided if it does not exist
     */
    abstract Object eval(ConnectRecord<?> record);

    /**
     * The value as an answer.
     *
     * @throws Undecided if it does not exist
     */
    boolean test(ConnectRecord<?> record) {
        return RecordValues.answer(eval(record));
    }

    /** A part that is true or false. */
    abstract static class Test extends Node {
        @Override
        abstract boolean test(ConnectRecord<?> record);

        @Override
        final Object eval(ConnectRecord<?> record) {
            return test(record);
        }
    }

    /** A part that does not look at the record. */
    static final class Constant extends Node {
        private final Object value;

        Constant(Object value) {
            this.value = value;
        }

        Object value() {
            return value;
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            return value;
        }
    }

    /** A part that does not look at the record and has no value. */
    static final class Failure extends Node {
        private final Undecided undecided;

        Failure(Verdict verdict) {
            this.undecided = new Undecided(verdict.kind(), verdict.detail());
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            throw undecided;
        }
    }

    /** A part that must not be null. */
    static final class Needed extends Node {
        private final Node operand;
        private final Undecided isNull;

        Needed(Node operand, String path) {
            this.operand = operand;
            this.isNull = RecordValues.isNullAt(path);
        }

        Node operand() {
            return operand;
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            Object value = operand.eval(record);
            if (RecordValues.isNull(value)) {
                throw isNull;
            }
            return value;
        }
    }

    static final class And extends Test {
        private final Node left;
        private final Node right;

        And(Node left, Node right) {
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            boolean first;
            try {
                first = left.test(record);
            } catch (Undecided undecided) {
                // As CEL has it: false decides, on whatever side it stands.
                if (decides(right, record, false)) {
                    return false;
                }
                throw undecided;
            }
            return first && right.test(record);
        }
    }

    static final class Or extends Test {
        private final Node left;
        private final Node right;

        Or(Node left, Node right) {
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            boolean first;
            try {
                first = left.test(record);
            } catch (Undecided undecided) {
                if (decides(right, record, true)) {
                    return true;
                }
                throw undecided;
            }
            return first || right.test(record);
        }
    }

    private static boolean decides(Node node, ConnectRecord<?> record, boolean answer) {
        try {
            return node.test(record) == answer;
        } catch (Undecided alsoUndecided) {
            return false;
        }
    }

    static final class Not extends Test {
        private final Node operand;

        Not(Node operand) {
            this.operand = operand;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            return !operand.test(record);
        }
    }

    static final class Choice extends Node {
        private final Node condition;
        private final Node yes;
        private final Node no;

        Choice(Node condition, Node yes, Node no) {
            this.condition = condition;
            this.yes = yes;
            this.no = no;
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            return condition.test(record) ? yes.eval(record) : no.eval(record);
        }
    }
}
