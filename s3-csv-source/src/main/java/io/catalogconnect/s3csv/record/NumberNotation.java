package io.catalogconnect.s3csv.record;

import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Notation of the numbers in a column: a locale's decimal separator and grouping, and currency signs. A currency sign may be
 * absent, and so may grouping; digits that are grouped in another way than the locale's are refused, because {@code 1,5} with
 * a grouping comma would become 15. Immutable.
 *
 * @param written as in the declaration
 * @param decimal decimal separator
 * @param grouping accepted grouping characters; empty for no grouping
 * @param pairs true if groups before the last one may have two digits, as in India
 * @param currencies accepted currency signs, before or after the number
 */
record NumberNotation(String written, char decimal, String grouping, boolean pairs, List<String> currencies) {

    private static final Pattern LOCALE = Pattern.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}");
    private static final Pattern CURRENCY = Pattern.compile("[\\p{L}\\p{Sc}.]{1,5}");
    private static final String BLANKS = " \u00A0\u202F\u2009";
    private static final String APOSTROPHES = "'\u2019";
    private static final char MINUS = '\u2212';

    NumberNotation {
        currencies = List.copyOf(currencies);
    }

    /**
     * Parses options such as {@code de-DE;€}: a locale, currency signs, or both.
     *
     * @throws IllegalArgumentException that names the invalid option
     */
    static NumberNotation parse(String options) {
        char decimal = '.';
        String grouping = "";
        boolean pairs = false;
        boolean located = false;
        List<String> currencies = new ArrayList<>();
        for (String part : options.split(";", -1)) {
            String option = part.strip();
            if (LOCALE.matcher(option).matches() && !located) {
                located = true;
                DecimalFormatSymbols symbols = symbols(option);
                decimal = symbols.getDecimalSeparator();
                grouping = family(symbols.getGroupingSeparator()) + family(symbols.getMonetaryGroupingSeparator());
                pairs = option.endsWith("-IN");
            } else if (CURRENCY.matcher(option).matches()) {
                currencies.add(option);
            } else {
                throw new IllegalArgumentException("'" + option
                        + "' is neither a locale such as de-DE (at most one) nor a" + " currency sign such as €");
            }
        }
        return new NumberNotation(options, decimal, grouping, pairs, currencies);
    }

    private static DecimalFormatSymbols symbols(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
        if (!Arrays.asList(Locale.getAvailableLocales()).contains(locale) || symbols.getZeroDigit() != '0') {
            throw new IllegalArgumentException(
                    "the locale '" + tag + "' is not known to this Java runtime, or writes other digits than 0 to 9");
        }
        return symbols;
    }

    /** All characters that are used in place of a grouping character. */
    private static String family(char grouping) {
        return BLANKS.indexOf(grouping) >= 0
                ? BLANKS
                : APOSTROPHES.indexOf(grouping) >= 0 ? APOSTROPHES : String.valueOf(grouping);
    }

    /**
     * The number as programs write it, such as {@code -1234.56}. The result is not checked any further than grouping needs.
     *
     * @throws WrongCellException if the cell is not grouped as declared
     */
    String plain(String cell) throws WrongCellException {
        String rest = cell;
        String sign = sign(rest);
        rest = rest.substring(sign.length());
        String currency = leadingCurrency(rest);
        if (!currency.isEmpty()) {
            rest = Blanks.strip(rest.substring(currency.length()));
            if (sign.isEmpty()) {
                sign = sign(rest);
                rest = rest.substring(sign.length());
            }
        } else {
            currency = trailingCurrency(rest);
            if (!currency.isEmpty()) {
                rest = Blanks.strip(rest.substring(0, rest.length() - currency.length()));
            }
        }
        StringBuilder plain = new StringBuilder(cell.length()).append(sign.replace(MINUS, '-'));
        int end = appendInteger(rest, plain);
        if (end < rest.length() && rest.charAt(end) == decimal) {
            plain.append('.');
            end++;
        }
        return plain.append(rest, end, rest.length()).toString();
    }

    private static String sign(String text) {
        boolean signed = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+' || text.charAt(0) == MINUS);
        return signed ? text.substring(0, 1) : "";
    }

    private String leadingCurrency(String text) {
        return currencies.stream().filter(text::startsWith).findFirst().orElse("");
    }

    private String trailingCurrency(String text) {
        return currencies.stream().filter(text::endsWith).findFirst().orElse("");
    }

    /** Appends the digits before the decimal separator, and returns where they end. */
    private int appendInteger(String text, StringBuilder plain) throws WrongCellException {
        char separator = 0;
        int group = 0;
        int at = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                plain.append(c);
                group++;
            } else if (grouping.indexOf(c) >= 0) {
                boolean first = separator == 0;
                if (first ? group < 1 || group > 3 : c != separator || !(group == 3 || (pairs && group == 2))) {
                    throw new WrongCellException();
                }
                separator = c;
                group = 0;
            } else {
                break;
            }
        }
        boolean grouped = separator != 0;
        boolean pointFollows = at < text.length() && text.charAt(at) == '.' && decimal != '.';
        if ((grouped && group != 3) || pointFollows) {
            throw new WrongCellException();
        }
        return at;
    }
}
