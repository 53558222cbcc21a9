package io.catalogconnect.transforms.condition;

import com.google.errorprone.annotations.Immutable;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What CEL's runtime does at the places that {@link RuntimeTree} marks. Stateless. */
final class RuntimeFunctions {
    static final String FIELD = "@field";
    static final String HAS = "@has";
    static final String VALUE = "@value";
    static final String ANSWER = "@answer";
    static final String PRESENT = "@present";
    static final String BLANK = "@blank";
    static final String EQUAL = "@equal";
    static final String NOT_EQUAL = "@not_equal";
    static final String IN = "@is_in";
    static final String EQI = "@eqi";
    static final String LOWER = "@lower";
    static final String UPPER = "@upper";
    static final String TRIM = "@trim";
    static final String NUM = "@num";
    static final String DATE = "@date";

    static final String ADD = "_+_";
    static final String SUBTRACT = "_-_";
    static final String MULTIPLY = "_*_";
    static final String DIVIDE = "_/_";
    static final String PART = "@part";
    static final String SEARCHED = "@searched";
    static final String CONTAINS = "@contains";

    /** Characters of a number in a text; reading a decimal takes time that grows with their square. */
    private static final int MAX_DIGITS = 1_000;

    private RuntimeFunctions() {}

    @Immutable
    private interface Body {
        Object apply(Object[] args);
    }

    static CelRuntime runtime() {
        return CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(Language.OPTIONS)
                .addFunctionBindings(
                        binding(PART, 1, args -> part(args[0])),
                        binding(SEARCHED, 2, args -> searched(args[0], (Long) args[1])),
                        binding(
                                CONTAINS,
                                2,
                                args -> TextSearch.contains(
                                        RecordValues.text("contains", args[0]),
                                        RecordValues.text("contains", args[1]))),
                        binding(FIELD, 2, args -> Work.countBytes(field(args[0], (String) args[1]))),
                        binding(HAS, 2, args -> has(args[0], (String) args[1])),
                        binding(VALUE, 2, args -> value(args[0], (String) args[1])),
                        binding(ANSWER, 1, args -> RecordValues.answer(args[0])),
                        binding(PRESENT, 2, args -> present(args[0], (Collection<?>) args[1])),
                        binding(BLANK, 2, args -> !present(args[0], (Collection<?>) args[1])),
                        binding(EQUAL, 2, args -> equal(args[0], args[1])),
                        binding(NOT_EQUAL, 2, args -> !equal(args[0], args[1])),
                        binding(IN, 2, args -> in(args[0], args[1])),
                        binding(EQI, 2, args -> eqi(args[0], args[1])),
                        binding(LOWER, 1, args -> lower(args[0])),
                        binding(UPPER, 1, args -> upper(args[0])),
                        binding(TRIM, 1, args -> trim(args[0])),
                        binding(NUM, 1, args -> num(args[0])),
                        binding(DATE, 1, args -> date(args[0])))
                .addFunctionBindings(mixed(ADD, (left, right) -> left + right))
                .addFunctionBindings(mixed(SUBTRACT, (left, right) -> left - right))
                .addFunctionBindings(mixed(MULTIPLY, (left, right) -> left * right))
                .addFunctionBindings(mixed(DIVIDE, (left, right) -> left / right))
                .build();
    }

    @Immutable
    private interface Reals {
        double apply(double left, double right);
    }

    /** The two overloads of an operator that {@link Language} declares: an int and a double, and a double and an int. */
    private static List<CelFunctionBinding> mixed(String operator, Reals function) {
        return List.of(
                CelFunctionBinding.from(
                        operator + "_0", Long.class, Double.class, (left, right) -> function.apply(left, right)),
                CelFunctionBinding.from(
                        operator + "_1", Double.class, Long.class, (left, right) -> function.apply(left, right)));
    }

    private static CelFunctionBinding binding(String name, int arity, Body body) {
        Class<?>[] types = new Class<?>[arity];
        java.util.Arrays.fill(types, Object.class);
        return CelFunctionBinding.from(name, List.of(types), args -> {
            try {
                return body.apply(args);
            } catch (Undecided undecided) {
                throw new CelEvaluationException("undecided", undecided);
            }
        });
    }

    static Object field(Object holder, String name) {
        if (RecordValues.isNull(holder)) {
            throw holderIsNull(name);
        }
        Object value = view(holder, name).find(name);
        if (value == null) {
            throw missing((RecordView) holder, name);
        }
        return value;
    }

    static Undecided holderIsNull(String name) {
        return new Undecided(Verdict.Kind.NULL, "there is a null where field '" + name + "' is asked for");
    }

    private static Undecided missing(RecordView holder, String name) {
        return new Undecided(Verdict.Kind.MISSING, holder.description() + " has no field '" + name + "'");
    }

    static boolean has(Object holder, String name) {
        return !RecordValues.isNull(holder) && view(holder, name).find(name) != null;
    }

    static Object value(Object value, String path) {
        if (RecordValues.isNull(value)) {
            throw RecordValues.isNullAt(path);
        }
        return value;
    }

    static boolean present(Object root, Collection<?> path) {
        @Nullable Object at = root;
        for (Object step : path) {
            if (at == null || RecordValues.isNull(at)) {
                return false;
            }
            String name = (String) step;
            RecordView holder = view(at, name);
            Object next = holder.find(name);
            if (next == null && holder.declaresItsFields()) {
                throw missing(holder, name);
            }
            at = next;
        }
        return filled(at);
    }

    /** Whether there is anything: not null, no empty or blank text, not empty. */
    static boolean filled(@Nullable Object value) {
        if (RecordValues.isNull(value)) {
            return false;
        }
        if (value instanceof String text) {
            return !text.isBlank();
        }
        if (value instanceof Collection<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof CelByteString bytes) {
            return !bytes.isEmpty();
        }
        return !(value instanceof RecordView.OfMap map) || !map.isEmpty();
    }

    /** Equality that refuses to compare kinds that can never be equal, instead of always being false. */
    static boolean equal(Object left, Object right) {
        return equal(left, right, 0);
    }

    private static boolean equal(Object left, Object right, int level) {
        if (RecordValues.isNull(left) || RecordValues.isNull(right)) {
            return RecordValues.isNull(left) && RecordValues.isNull(right);
        }
        if (left instanceof Number a && right instanceof Number b) {
            return compareNumbers(a, b);
        }
        if (!RecordValues.kindOf(left).equals(RecordValues.kindOf(right))) {
            throw Undecided.error("cannot compare " + RecordValues.kindOf(left) + " with " + RecordValues.kindOf(right)
                    + hint(left, right));
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return equalLists(a, b, below(level));
        }
        if (left instanceof RecordView a && right instanceof RecordView b) {
            return equalFields(a, b, below(level));
        }
        return left.equals(right);
    }

    private static int below(int level) {
        if (level >= Language.MAX_DEPTH) {
            throw Undecided.error("it compares values that are nested deeper than " + Language.MAX_DEPTH + " levels");
        }
        return level + 1;
    }

    private static boolean equalLists(List<?> a, List<?> b, int level) {
        if (a.size() != b.size()) {
            return false;
        }
        Work.count(a.size());
        for (int i = 0; i < a.size(); i++) {
            if (!equal(Objects.requireNonNull(a.get(i)), Objects.requireNonNull(b.get(i)), level)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalFields(RecordView a, RecordView b, int level) {
        if (a.size() != b.size()) {
            return false;
        }
        Work.count(a.size());
        for (Map.Entry<String, Object> field : a.entrySet()) {
            Object other = b.find(field.getKey());
            if (other == null || !isSame(field.getValue(), other, level)) {
                return false;
            }
        }
        return true;
    }

    /** Equality of what two fields of one name hold: another kind is a difference, and not an error. */
    private static boolean isSame(Object left, Object right, int level) {
        return RecordValues.kindOf(left).equals(RecordValues.kindOf(right)) && equal(left, right, level);
    }

    /** As CEL has it: a whole number and another one are compared as doubles. */
    private static boolean compareNumbers(Number a, Number b) {
        return (a instanceof Long x && b instanceof Long y)
                ? x.longValue() == y.longValue()
                : a.doubleValue() == b.doubleValue();
    }

    static String hint(Object left, Object right) {
        boolean text = left instanceof String || right instanceof String;
        boolean number = left instanceof Number || right instanceof Number;
        return text && number ? "; num(...) makes a number of a text" : "";
    }

    static boolean in(Object value, Object holder) {
        if (holder instanceof Map<?, ?> map) {
            return map.containsKey(value);
        }
        if (!(holder instanceof Collection<?> list)) {
            throw Undecided.error("'in' needs a list or a map and got " + RecordValues.kindOf(holder));
        }
        Work.count(list.size());
        Undecided mismatch = null;
        for (Object element : list) {
            try {
                if (equal(value, Objects.requireNonNull(element))) {
                    return true;
                }
            } catch (Undecided undecided) {
                mismatch = undecided;
            }
        }
        if (mismatch != null) {
            throw mismatch;
        }
        return false;
    }

    static boolean eqi(Object left, Object right) {
        if (RecordValues.isNull(left) || RecordValues.isNull(right)) {
            return RecordValues.isNull(left) && RecordValues.isNull(right);
        }
        return RecordValues.text("eqi", left).equalsIgnoreCase(RecordValues.text("eqi", right));
    }

    static String lower(Object value) {
        return counted(RecordValues.text("lower", value)).toLowerCase(Locale.ROOT);
    }

    static String upper(Object value) {
        return counted(RecordValues.text("upper", value)).toUpperCase(Locale.ROOT);
    }

    /** The text without the white space at its start and end. */
    static String trim(Object value) {
        return counted(RecordValues.text("trim", value)).strip();
    }

    /** A text that is copied. */
    private static String counted(String text) {
        Work.count(text.length());
        return text;
    }

    /** An operand of an operator that copies it. */
    static Object part(Object value) {
        Work.count(Work.sizeOf(value));
        return value;
    }

    /** A text that a regular expression searches. */
    private static Object searched(Object value, long instructions) {
        Work.count(Work.sizeOf(value) * instructions);
        return value;
    }

    static Number num(Object value) {
        if (value instanceof Number number) {
            return number;
        }
        String text = RecordValues.text("num", value).strip();
        if (text.length() > MAX_DIGITS) {
            throw Undecided.error("num got a text of more than " + MAX_DIGITS + " characters");
        }
        try {
            BigDecimal decimal = new BigDecimal(text);
            if (isWhole(decimal)) {
                return decimal.longValueExact();
            }
            return decimal.doubleValue();
        } catch (ArithmeticException | NumberFormatException e) {
            throw Undecided.error("num got a text that is no number within 64 bits");
        }
    }

    /** Whether it can be 64 bits without a fraction; checks the size first, because 1e999999999 is a number too. */
    private static boolean isWhole(BigDecimal decimal) {
        long digits = (long) decimal.precision() - decimal.scale();
        return decimal.signum() == 0
                || (digits <= 19 && decimal.stripTrailingZeros().scale() <= 0);
    }

    static Instant date(Object value) {
        if (value instanceof Instant instant) {
            return startOfDay(instant.atOffset(ZoneOffset.UTC).toLocalDate());
        }
        String text = RecordValues.text("date", value).strip();
        try {
            return text.length() <= 10
                    ? startOfDay(LocalDate.parse(text))
                    : date(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw Undecided.error("date got a text that is neither like 2026-01-31 nor like 2026-01-31T12:00:00Z");
        }
    }

    private static Instant startOfDay(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static RecordView view(Object holder, String name) {
        if (holder instanceof RecordView view) {
            return view;
        }
        throw Undecided.error(
                "field '" + name + "' is asked of " + RecordValues.kindOf(holder) + ", which has no fields");
    }
}
