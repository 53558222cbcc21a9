package io.catalogconnect.s3csv.record;

import java.util.Base64;
import java.util.Locale;
import org.apache.kafka.connect.data.SchemaBuilder;

/** Types that need no parameter. Numbers and booleans are read strictly: no blanks, no plus sign, no underscore. */
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
        if (!isPlain(cell, false)) {
            throw new WrongCellException();
        }
        try {
            return Long.parseLong(cell);
        } catch (NumberFormatException e) {
            throw new WrongCellException();
        }
    }

    private static double floatingNumber(String cell) throws WrongCellException {
        if (!isPlain(cell, true)) {
            throw new WrongCellException();
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

    /** Keeps out what Java takes for a number and no other reader does: "1f", "0x1p3", digits of other scripts. */
    private static boolean isPlain(String cell, boolean floating) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean sign = c == '-' || (floating && c == '+' && i > 0);
            if (!digit && !sign && !(floating && (c == '.' || c == 'e' || c == 'E'))) {
                return false;
            }
        }
        return !cell.isEmpty();
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
