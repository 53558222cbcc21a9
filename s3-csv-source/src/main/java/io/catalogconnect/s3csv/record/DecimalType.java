package io.catalogconnect.s3csv.record;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * An exact number. A cell with more digits than the type has is refused, never rounded.
 *
 * @param precision digits in all
 * @param scale digits after the point
 */
record DecimalType(int precision, int scale) implements ColumnType {

    DecimalType {
        if (precision < 1 || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("decimal(" + precision + "," + scale + "): want 1 <= precision and"
                    + " 0 <= scale <= precision, as in decimal(10,2)");
        }
    }

    @Override
    public SchemaBuilder schema() {
        return Decimal.builder(scale).parameter("connect.decimal.precision", Integer.toString(precision));
    }

    @Override
    public Object convert(String cell) throws WrongCellException {
        BigDecimal value = NumberText.exact(cell);
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        long integerDigits = NumberText.integerDigits(value);
        if (integerDigits > precision - scale || integerDigits <= -scale) {
            throw new WrongCellException();
        }
        try {
            return value.setScale(scale, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new WrongCellException();
        }
    }

    @Override
    public String hint(String cell) {
        try {
            NumberText.exact(cell);
            return "it has more digits than the type";
        } catch (WrongCellException e) {
            return NumberText.separatorHint(cell);
        }
    }

    @Override
    public String described() {
        return "a " + this;
    }

    @Override
    public String toString() {
        return "decimal(" + precision + "," + scale + ")";
    }
}
