package io.catalogconnect.transforms.condition;

import com.google.re2j.Pattern;
import dev.cel.common.values.CelByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.connector.ConnectRecord;

/** Parts that compute from other parts. */
final class FunctionNodes {
    private FunctionNodes() {}

    interface One {
        Object apply(Object operand);
    }

    interface Two {
        boolean test(Object left, Object right);
    }

    interface Arithmetic {
        Object apply(Object left, Object right);
    }

    static final class OfOne extends Node {
        private final One function;
        private final Node operand;

        OfOne(One function, Node operand) {
            this.function = function;
            this.operand = operand;
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            return function.apply(operand.eval(record));
        }
    }

    static final class TestOfTwo extends Node.Test {
        private final Two function;
        private final Node left;
        private final Node right;

        TestOfTwo(Two function, Node left, Node right) {
            this.function = function;
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            return function.test(left.eval(record), right.eval(record));
        }
    }

    static final class OfTwo extends Node {
        private final Arithmetic function;
        private final Node left;
        private final Node right;

        OfTwo(Arithmetic function, Node left, Node right) {
            this.function = function;
            this.left = left;
            this.right = right;
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            return function.apply(left.eval(record), right.eval(record));
        }
    }

    /** Equality with a text that is written out. */
    static final class EqualsText extends Node.Test {
        private final Node operand;
        private final String text;

        EqualsText(Node operand, String text) {
            this.operand = operand;
            this.text = text;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            Object value = operand.eval(record);
            if (value instanceof String string) {
                return text.equals(string);
            }
            return RuntimeFunctions.equal(value, text);
        }
    }

    static final class Matches extends Node.Test {
        private final Node operand;
        private final Pattern pattern;

        Matches(Node operand, Pattern pattern) {
            this.operand = operand;
            this.pattern = pattern;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            String text = RecordValues.text("matches", operand.eval(record));
            Work.count((long) text.length() * pattern.programSize());
            return pattern.matcher(text).find();
        }
    }

    static final class ListOf extends Node {
        private final List<Node> elements;

        ListOf(List<Node> elements) {
            this.elements = elements;
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            List<Object> values = new ArrayList<>(elements.size());
            for (Node element : elements) {
                values.add(Work.countBytes(element.eval(record)));
            }
            return values;
        }
    }

    /** The tests of two texts. */
    static Optional<Two> ofTexts(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "startsWith" ->
                        (left, right) -> RecordValues.text(name, left).startsWith(RecordValues.text(name, right));
                    case "endsWith" ->
                        (left, right) -> RecordValues.text(name, left).endsWith(RecordValues.text(name, right));
                    case "contains" ->
                        (left, right) ->
                                TextSearch.contains(RecordValues.text(name, left), RecordValues.text(name, right));
                    default -> null;
                });
    }

    /** Arithmetic over two whole numbers. */
    static Optional<Arithmetic> ofWholeNumbers(String operator) {
        return Optional.ofNullable(
                switch (operator) {
                    case "_+_" -> (left, right) -> exact(() -> Math.addExact((Long) left, (Long) right));
                    case "_-_" -> (left, right) -> exact(() -> Math.subtractExact((Long) left, (Long) right));
                    case "_*_" -> (left, right) -> exact(() -> Math.multiplyExact((Long) left, (Long) right));
                    default -> null;
                });
    }

    /** Arithmetic over two numbers one of which at least is not whole. */
    static Optional<Arithmetic> ofReals(String operator) {
        return Optional.ofNullable(
                switch (operator) {
                    case "_+_" -> (left, right) -> real(left) + real(right);
                    case "_-_" -> (left, right) -> real(left) - real(right);
                    case "_*_" -> (left, right) -> real(left) * real(right);
                    default -> null;
                });
    }

    private static double real(Object number) {
        return ((Number) number).doubleValue();
    }

    private static Object exact(java.util.function.LongSupplier result) {
        try {
            return result.getAsLong();
        } catch (ArithmeticException e) {
            throw Undecided.error("a number leaves 64 bits");
        }
    }

    static Object size(Object operand) {
        Work.count(operand instanceof String text ? text.length() : 0);
        if (operand instanceof String text) {
            return (long) text.codePointCount(0, text.length());
        }
        if (operand instanceof CelByteString bytes) {
            return (long) bytes.size();
        }
        if (operand instanceof Collection<?> list) {
            return (long) list.size();
        }
        if (operand instanceof Map<?, ?> map) {
            return (long) map.size();
        }
        throw Undecided.error("size needs a string, bytes, a list or a map and got " + RecordValues.kindOf(operand));
    }
}
