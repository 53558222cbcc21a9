package io.catalogconnect.transforms.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Counts the work of the evaluation that runs on the current thread, and ends an evaluation that needs too much. A step is a
 * character that is built or searched, a list element that is compared, or one instruction of a regular expression for one
 * character. So time and memory of an evaluation are bounded whatever the rule and the record contain.
 *
 * <p>The counter belongs to the thread and not to the evaluation, because CEL's runtime does not pass anything to the functions
 * that it calls.
 */
final class Work {
    /** Steps of one evaluation. The slowest kind of step, a regular expression's, takes about 30 ns. */
    static final long LIMIT = 20_000_000;

    /** Steps of copying a list element, which needs the memory of as many characters. */
    private static final long ELEMENT = 8;

    /** Functions that never count a step. A condition of these alone does not touch the counter. */
    private static final Set<String> FREE = Set.of(
            "_&&_",
            "_||_",
            "!_",
            "_?_:_",
            "_<_",
            "_<=_",
            "_>_",
            "_>=_",
            "_[_]",
            "startsWith",
            "endsWith",
            Language.PRESENT,
            Language.BLANK,
            Language.EQI,
            Language.NUM,
            Language.DATE);

    // An array and not a class of this plugin, so that a worker's thread does not keep the plugin's class loader.
    private static final ThreadLocal<long[]> STEPS = ThreadLocal.withInitial(() -> new long[1]);

    private Work() {}

    /** Starts an evaluation. */
    static void restart() {
        STEPS.get()[0] = 0;
    }

    /** The steps since the last {@link #restart}. */
    static long steps() {
        return STEPS.get()[0];
    }

    /**
     * Counts steps before they are done.
     *
     * @throws Undecided if the evaluation has reached {@link #LIMIT}
     */
    static void count(long steps) {
        long[] counter = STEPS.get();
        counter[0] = Math.min(LIMIT + 1, counter[0] + Math.min(LIMIT + 1, steps));
        if (counter[0] > LIMIT) {
            throw Undecided.error(
                    "it needs more than " + LIMIT + " steps for this record. A step is a character that is built"
                            + " or searched, a list element that is compared, or one instruction of a regular expression for one"
                            + " character; leave out long texts first, as in size(value.text) < 10000 && ...");
        }
    }

    /** The steps that copying a value takes. */
    static long sizeOf(Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof CelByteString bytes) {
            return bytes.size();
        }
        return value instanceof Collection<?> list
                ? ELEMENT * list.size()
                : value instanceof Map<?, ?> map ? map.size() : 0;
    }

    /** Counts the bytes of a bytes value, which is copied when it is read, and returns the value. */
    static Object countBytes(Object value) {
        if (value instanceof CelByteString bytes) {
            count(bytes.size());
        }
        return value;
    }

    /** True if the evaluation of a condition may count steps, and so must restart the counter. */
    static boolean isCountedIn(CelExpr expr) {
        return switch (expr.getKind()) {
            case SELECT -> isCountedIn(expr.select().operand());
            case LIST -> true;
            case CALL -> {
                String function = expr.call().function();
                boolean isEquality = function.equals("_==_") || function.equals("_!=_");
                boolean hasConstant =
                        expr.call().args().stream().anyMatch(arg -> arg.getKind() == CelExpr.ExprKind.Kind.CONSTANT);
                boolean isFree = FREE.contains(function) || (isEquality && hasConstant);
                yield !isFree
                        || expr.call().target().filter(Work::isCountedIn).isPresent()
                        || expr.call().args().stream().anyMatch(Work::isCountedIn);
            }
            default -> false;
        };
    }
}
