package io.catalogconnect.s3csv.record;

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

    /** True for the usual form, which is parsed without a {@link java.math.BigDecimal}. */
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
