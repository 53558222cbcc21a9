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
        // The exponent of a longer cell could make a number of a billion digits.
        if (cell.length() > precision + 8) {
            throw new WrongCellException();
        }
        try {
            BigDecimal value = new BigDecimal(cell);
            if (Math.abs((long) value.scale()) > precision + 8L) {
                throw new WrongCellException();
            }
            BigDecimal scaled = value.setScale(scale, RoundingMode.UNNECESSARY);
            if (scaled.precision() > precision) {
                throw new WrongCellException();
            }
            return scaled;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new WrongCellException();
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
