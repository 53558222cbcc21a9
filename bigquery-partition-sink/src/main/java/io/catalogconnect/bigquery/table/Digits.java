package io.catalogconnect.bigquery.table;

import java.math.BigDecimal;

/**
 * Digits of a NUMERIC or BIGNUMERIC column.
 *
 * @param precision maximum number of digits
 * @param scale maximum number of digits after the decimal point
 */
public record Digits(int precision, int scale) {

    /** Whether a column with these digits stores a number without rounding. */
    public boolean hold(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return number.signum() == 0
                || (stripped.scale() <= scale && stripped.precision() - stripped.scale() <= precision - scale);
    }

    @Override
    public String toString() {
        return precision + ", " + scale;
    }
}
