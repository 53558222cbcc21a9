package io.catalogconnect.s3csv.record;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads numbers as programs write them: ASCII digits, a sign, a point, an exponent. */
final class NumberText {

    /** More characters than any number of the supported types needs; it limits the work for one cell. */
    private static final int MAX_CHARACTERS = 200;

    private static final Pattern SEPARATED =
            Pattern.compile("[-+\u2212]?[0-9]{1,100}([.,'\u2019\u00A0\u202F\u2009 ][0-9]{1,100}){1,50}");

    private NumberText() {}

    /** The clause of {@link ColumnType#hint} for a number with separators; empty for any other text. */
    static String separatorHint(String text) {
        return !isPlain(text) && SEPARATED.matcher(text).matches()
                ? "a locale in the type reads other separators, as in decimal(10,2;de-DE) or int64(en-US)"
                : "";
    }

    /** True if the text has only characters of a number. Java also parses "1f", "0x1p3" and digits of other scripts. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * The exact value. Its scale can be as large as an exponent; check the magnitude before you rescale it.
     *
     * @throws WrongCellException if the text is not a number
     */
    static BigDecimal exact(String text) throws WrongCellException {
        if (text.length() > MAX_CHARACTERS || !isPlain(text)) {
            throw new WrongCellException();
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new WrongCellException();
        }
    }

    /** Number of digits before the decimal point; zero or negative for a number below 1. */
    static long integerDigits(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }
}
