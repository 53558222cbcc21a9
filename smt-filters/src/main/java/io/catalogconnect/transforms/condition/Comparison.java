package io.catalogconnect.transforms.condition;

import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.connect.connector.ConnectRecord;

/** The four orders, over the kinds that CEL orders; a whole number and another one as doubles. */
enum Comparison {
    LESS("<") {
        @Override
        boolean holds(int order) {
            return order < 0;
        }
    },
    LESS_OR_EQUAL("<=") {
        @Override
        boolean holds(int order) {
            return order <= 0;
        }
    },
    GREATER(">") {
        @Override
        boolean holds(int order) {
            return order > 0;
        }
    },
    GREATER_OR_EQUAL(">=") {
        @Override
        boolean holds(int order) {
            return order >= 0;
        }
    };

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    abstract boolean holds(int order);

    /** The order that a CEL operator such as {@code _<_} stands for, if it is one. */
    static java.util.Optional<Comparison> of(String operator) {
        for (Comparison comparison : values()) {
            if (operator.equals("_" + comparison.sign + "_")) {
                return java.util.Optional.of(comparison);
            }
        }
        return java.util.Optional.empty();
    }

    boolean compare(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return holds(Long.compare(a, b));
        }
        if (left instanceof Number a && right instanceof Number b) {
            // As CEL has it: a whole number and another one are compared as doubles.
            return holds(Double.compare(a.doubleValue(), b.doubleValue()));
        }
        if (left instanceof String a && right instanceof String b) {
            return holds(a.compareTo(b));
        }
        if (left instanceof Instant a && right instanceof Instant b) {
            return holds(a.compareTo(b));
        }
        if (left instanceof Duration a && right instanceof Duration b) {
            return holds(a.compareTo(b));
        }
        if (left instanceof Boolean a && right instanceof Boolean b) {
            return holds(a.compareTo(b));
        }
        if (left instanceof CelByteString a && right instanceof CelByteString b) {
            return holds(CelByteString.unsignedLexicographicalComparator().compare(a, b));
        }
        throw Undecided.error("'" + sign + "' does not take " + RecordValues.kindOf(left) + " and "
                + RecordValues.kindOf(right) + RuntimeFunctions.hint(left, right));
    }

    /** Two parts in an order. */
    static final class OfTwo extends Node.Test {
        private final Comparison comparison;
        private final Node left;
        private final Node right;

        OfTwo(Comparison comparison, Node left, Node right) {
            this.comparison = comparison;
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            return comparison.compare(left.eval(record), right.eval(record));
        }
    }

    /** A whole number of a Struct, of whatever width, and a whole number that is written out. */
    static final class WithWhole extends Node.Test {
        private final Comparison comparison;
        private final FieldNodes.Raw field;
        private final Undecided isNull;
        private final long constant;

        WithWhole(Comparison comparison, FieldNodes.Raw field, String path, long constant) {
            this.comparison = comparison;
            this.field = field;
            this.isNull = RecordValues.isNullAt(path);
            this.constant = constant;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            Number value = (Number) field.raw(record);
            if (value == null) {
                throw isNull;
            }
            return comparison.holds(Long.compare(value.longValue(), constant));
        }
    }
}
