package io.catalogconnect.localbigquery.store;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Texts of the type JSON in BigQuery's form: without blanks, with sorted keys, of which the first counts, and with numbers as INT64, UINT64 or FLOAT64. */
public final class JsonValues {

    private static final String NOT_JSON = "the text is not JSON";
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger UNSIGNED_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** An invalid text. DuckDB uses {@code toString()} of an exception as the error of the statement, so it returns the message only. */
    static final class Invalid extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // DuckDB uses it as the error of the statement.
        public String toString() {
            return String.valueOf(getMessage());
        }
    }

    private final JsonReader reader;
    private final boolean exact;

    private JsonValues(String text, boolean exact) {
        this.reader = new JsonReader(new StringReader(text));
        this.reader.setStrictness(Strictness.STRICT);
        this.exact = exact;
    }

    /**
     * Parses a text.
     *
     * @throws IllegalArgumentException when it is not JSON, or when a number would lose digits
     */
    public static @Nullable String parse(@Nullable String text) {
        return normalized(text, true);
    }

    /** Like {@link #parse}, but rounds numbers. */
    static @Nullable String round(@Nullable String text) {
        return normalized(text, false);
    }

    private static @Nullable String normalized(@Nullable String text, boolean exact) {
        if (text == null) {
            return null;
        }
        try {
            JsonValues values = new JsonValues(text, exact);
            String value = values.value();
            if (values.reader.peek() != JsonToken.END_DOCUMENT) {
                throw new Invalid(NOT_JSON);
            }
            return value;
        } catch (IOException e) {
            throw new Invalid(NOT_JSON);
        }
    }

    private String value() throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> array();
            case STRING -> String.valueOf(JsonText.quote(reader.nextString()));
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> Boolean.toString(reader.nextBoolean());
            default -> {
                reader.nextNull();
                yield "null";
            }
        };
    }

    private String object() throws IOException {
        Map<String, String> members = new TreeMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            members.putIfAbsent(name, value());
        }
        reader.endObject();
        StringBuilder text = new StringBuilder("{");
        members.forEach((name, value) -> text.append(text.length() == 1 ? "" : ",")
                .append(JsonText.quote(name))
                .append(':')
                .append(value));
        return text.append('}').toString();
    }

    private String array() throws IOException {
        StringBuilder text = new StringBuilder("[");
        reader.beginArray();
        while (reader.hasNext()) {
            text.append(text.length() == 1 ? "" : ",").append(value());
        }
        reader.endArray();
        return text.append(']').toString();
    }

    private String number(String text) {
        if (text.matches("-?[0-9]+")) {
            BigInteger whole = new BigInteger(text);
            if (whole.compareTo(MIN) >= 0 && whole.compareTo(UNSIGNED_MAX) <= 0) {
                return whole.toString();
            }
        }
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new Invalid("number overflow parsing '" + text + "'");
        }
        if (exact && new BigDecimal(text).compareTo(new BigDecimal(Double.toString(number))) != 0) {
            throw new Invalid("Input number: " + text + " cannot round-trip through string representation");
        }
        return shortest(number);
    }

    /** The shortest digits that read back as the number; with an exponent from 1e+15 on and below 1e-4. */
    private static String shortest(double number) {
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 15) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String unscaled = digits.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "")
                + unscaled.charAt(0)
                + (unscaled.length() > 1 ? "." + unscaled.substring(1) : "")
                + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
