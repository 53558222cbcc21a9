package io.catalogconnect.localbigquery.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic of NUMERIC and BIGNUMERIC as GoogleSQL defines it: exact, then rounded to the digits of the type, half away from zero. A
 * NUMERIC is stored completely. Of a BIGNUMERIC, 20 digits before and 18 digits after the decimal point are stored; a result that needs
 * more is an error.
 */
final class ExactDecimal {
    /** The two decimal types. */
    enum Type {
        NUMERIC("numeric", 29, 9, 9),
        BIGNUMERIC("bignumeric", 38, 38, 18);

        private final String name;
        /** Maximum number of digits before the decimal point. Some BIGNUMERIC values have 39, but those cannot be stored anyway. */
        private final int whole;

        private final int scale;
        private final int storedScale;

        Type(String name, int whole, int scale, int storedScale) {
            this.name = name;
            this.whole = whole;
            this.scale = scale;
            this.storedScale = storedScale;
        }

        int storedScale() {
            return storedScale;
        }

        BigDecimal add(BigDecimal a, BigDecimal b) {
            return stored(a.add(b), () -> "overflow: " + text(a) + " + " + text(b));
        }

        BigDecimal subtract(BigDecimal a, BigDecimal b) {
            return stored(a.subtract(b), () -> "overflow: " + text(a) + " - " + text(b));
        }

        BigDecimal multiply(BigDecimal a, BigDecimal b) {
            return stored(rounded(a.multiply(b)), () -> "overflow: " + text(a) + " * " + text(b));
        }

        BigDecimal divide(BigDecimal a, BigDecimal b) {
            if (b.signum() == 0) {
                throw new Failure("division by zero: " + text(a) + " / 0");
            }
            return stored(quotient(a, b), () -> "overflow: " + text(a) + " / " + text(b));
        }

        /** The quotient, or null if the division fails. */
        @Nullable
        BigDecimal safeDivide(BigDecimal a, BigDecimal b) {
            return b.signum() == 0 || needsMore(quotient(a, b), whole) ? null : divide(a, b);
        }

        /** The integer part of the quotient. */
        BigDecimal div(BigDecimal a, BigDecimal b) {
            if (b.signum() == 0) {
                throw new Failure("division by zero: DIV(" + text(a) + ", 0)");
            }
            return stored(a.divideToIntegralValue(b), () -> "overflow: DIV(" + text(a) + ", " + text(b) + ")");
        }

        BigDecimal mod(BigDecimal a, BigDecimal b) {
            if (b.signum() == 0) {
                throw new Failure("division by zero: MOD(" + text(a) + ", 0)");
            }
            return stored(a.remainder(b), () -> "overflow: MOD(" + text(a) + ", " + text(b) + ")");
        }

        BigDecimal ofFloat(double value) {
            if (!Double.isFinite(value)) {
                throw new Failure("Illegal conversion of non-finite floating point number to " + name + ": "
                        + (Double.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf"));
            }
            return stored(
                    rounded(new BigDecimal(value)),
                    () -> "out of range: "
                            + String.format(Locale.ROOT, "%.5e", value).replaceFirst("\\.?0*e", "e"));
        }

        BigDecimal ofText(String text) {
            String wrong = "Invalid " + name() + " value: " + text;
            if (!TEXT.matcher(text).matches()) {
                throw new Failure(wrong);
            }
            try {
                BigDecimal value = rounded(new BigDecimal(text.strip()));
                if (needsMore(value, whole)) {
                    throw new Failure(wrong);
                }
                return stored(value, () -> wrong);
            } catch (ArithmeticException | NumberFormatException e) {
                // The exponent is too large for BigDecimal.
                throw new Failure(wrong);
            }
        }

        private BigDecimal rounded(BigDecimal value) {
            return value.setScale(scale, RoundingMode.HALF_UP);
        }

        private BigDecimal quotient(BigDecimal a, BigDecimal b) {
            return a.divide(b, scale, RoundingMode.HALF_UP);
        }

        /** The value, rounded to the digits that a column stores. */
        private BigDecimal stored(BigDecimal value, Supplier<String> overflow) {
            BigDecimal plain = value.stripTrailingZeros();
            if (needsMore(plain, whole)) {
                throw new Failure(name + " " + overflow.get());
            }
            if (plain.scale() > storedScale || needsMore(plain, 38 - storedScale)) {
                throw new Failure(
                        "Unsupported: a BIGNUMERIC with more than 20 digits before or 18 after the decimal point is"
                                + " outside the GoogleSQL subset of local-bigquery");
            }
            return plain.setScale(storedScale, RoundingMode.UNNECESSARY);
        }

        private static boolean needsMore(BigDecimal value, int digits) {
            return value.signum() != 0 && value.precision() - value.scale() > digits;
        }

        private static String text(BigDecimal value) {
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }
    }

    private static final Pattern TEXT =
            Pattern.compile("\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,6})?\\s*");

    private ExactDecimal() {}

    /** An error of the arithmetic. DuckDB uses {@code toString()} of an exception as the error of the statement, so it returns the message only. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message, null, false, false);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // DuckDB uses it as the error of the statement.
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
