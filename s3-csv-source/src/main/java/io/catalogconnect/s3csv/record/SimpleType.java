package io.catalogconnect.s3csv.record;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Locale;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Types without parameters. Numbers are read as programs write them, and integers also with a fraction of zeros or an exponent,
 * because nothing is lost; blanks, grouping and underscores are refused.
 */
enum SimpleType implements ColumnType {
    STRING("a string") {
        @Override
        public SchemaBuilder schema() {
            return SchemaBuilder.string();
        }

        @Override
        public Object convert(String cell) {
            return cell;
        }
    },
    INT32("an int32") {
        @Override
        public SchemaBuilder schema() {
            return SchemaBuilder.int32();
        }

        @Override
        public Object convert(String cell) throws WrongCellException {
            long value = wholeNumber(cell);
            if (value != (int) value) {
                throw new WrongCellException();
            }
            return (int) value;
        }

        @Override
        public String hint(String cell) {
            return wholeNumberHint(cell, "int64 has a larger range");
        }
    },
    INT64("an int64") {
        @Override
        public SchemaBuilder schema() {
            return SchemaBuilder.int64();
        }

        @Override
        public Object convert(String cell) throws WrongCellException {
            return wholeNumber(cell);
        }

        @Override
        public String hint(String cell) {
            return wholeNumberHint(cell, "decimal(38,0) has a larger range");
        }
    },
    FLOAT64("a float64") {
        @Override
        public SchemaBuilder schema() {
            return SchemaBuilder.float64();
        }

        @Override
        public Object convert(String cell) throws WrongCellException {
            return floatingNumber(cell);
        }

        @Override
        public String hint(String cell) {
            return NumberText.separatorHint(cell);
        }
    },
    BOOLEAN("a boolean (true or false)") {
        @Override
        public SchemaBuilder schema() {
            return SchemaBuilder.bool();
        }

        @Override
        public Object convert(String cell) throws WrongCellException {
            return switch (cell.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new WrongCellException();
            };
        }

        @Override
        public String hint(String cell) {
            return BooleanType.wordsHint(cell);
        }
    },
    BYTES("base64") {
        @Override
        public SchemaBuilder schema() {
            return SchemaBuilder.bytes();
        }

        @Override
        public Object convert(String cell) throws WrongCellException {
            try {
                return Base64.getDecoder().decode(cell);
            } catch (IllegalArgumentException e) {
                throw new WrongCellException();
            }
        }
    };

    private final String described;

    SimpleType(String described) {
        this.described = described;
    }

    private static long wholeNumber(String cell) throws WrongCellException {
        try {
            return isInteger(cell)
                    ? Long.parseLong(cell)
                    : NumberText.exact(cell).longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            throw new WrongCellException();
        }
    }

    private static String wholeNumberHint(String cell, String largerType) {
        try {
            BigDecimal number = NumberText.exact(cell);
            return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0
                    ? largerType
                    : "float64 and decimal accept a fraction";
        } catch (WrongCellException e) {
            return NumberText.separatorHint(cell);
        }
    }

    /** True for the usual form, which is parsed without a {@link BigDecimal}. */
    private static boolean isInteger(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if ((c < '0' || c > '9') && !(c == '-' && i == 0)) {
                return false;
            }
        }
        return true;
    }

    private static double floatingNumber(String cell) throws WrongCellException {
        if (!NumberText.isPlain(cell)) {
            return namedNumber(cell);
        }
        try {
            double value = Double.parseDouble(cell);
            if (Double.isInfinite(value)) {
                throw new WrongCellException();
            }
            return value;
        } catch (NumberFormatException e) {
            throw new WrongCellException();
        }
    }

    private static double namedNumber(String cell) throws WrongCellException {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new WrongCellException();
        };
    }

    @Override
    public String described() {
        return described;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
