package io.catalogconnect.bigquery.convert;

import io.catalogconnect.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Conversions of scalar values to the type of an existing column. Each conversion either keeps the value or refuses it;
 * docs/types.md lists them.
 */
final class TypeConversions {

    /** Converts a value of the Java type that {@link ScalarType.Reader} specifies. */
    @FunctionalInterface
    interface Conversion {
        /**
         * Converts a value.
         *
         * @throws ConversionException with the reason, if something would be lost
         */
        Object convert(Object value, IntegerTimeUnit integerTimes);
    }

    /**
     * A conversion.
     *
     * @param from type of the column that the field gets in a new table
     * @param to type of the existing column
     * @param written what is written, for the reference
     * @param refused which values are refused, for the reference
     */
    record Rule(ColumnType from, ColumnType to, String written, String refused, Conversion conversion) {}

    private static final String OTHER_TEXT = "any other text";
    private static final String BEYOND_YEARS = "a time before the year 1 or after 9999";
    private static final String SAME = "the same number";
    private static final String AS_ISO = "text of ISO 8601";
    private static final String EXACT_REAL = "a number whose shortest decimal text is another number as FLOAT64";

    static final List<Rule> RULES = List.of(
            rule(ColumnType.INT64, ColumnType.NUMERIC, SAME, "", value -> BigDecimal.valueOf((Long) value)),
            rule(ColumnType.INT64, ColumnType.BIGNUMERIC, SAME, "", value -> BigDecimal.valueOf((Long) value)),
            rule(
                    ColumnType.INT64,
                    ColumnType.FLOAT64,
                    SAME,
                    EXACT_REAL,
                    value -> real(BigDecimal.valueOf((Long) value))),
            rule(ColumnType.INT64, ColumnType.STRING, "its decimal digits", "", Object::toString),
            timeRule(
                    ColumnType.TIMESTAMP,
                    "that many milliseconds or microseconds (`integer.time.unit`) since 1970, UTC"),
            timeRule(ColumnType.DATETIME, "that many milliseconds or microseconds (`integer.time.unit`) since 1970"),
            timeRule(ColumnType.TIME, "that many milliseconds or microseconds (`integer.time.unit`) since midnight"),
            rule(ColumnType.INT64, ColumnType.DATE, "that many days since 1970", BEYOND_YEARS, value -> value),
            rule(
                    ColumnType.FLOAT64,
                    ColumnType.NUMERIC,
                    "its shortest decimal text",
                    "more than 9 digits after the point, or NaN and infinity",
                    TypeConversions::decimal),
            rule(
                    ColumnType.FLOAT64,
                    ColumnType.BIGNUMERIC,
                    "its shortest decimal text",
                    "more than 38 digits after the point, or NaN and infinity",
                    TypeConversions::decimal),
            rule(ColumnType.FLOAT64, ColumnType.STRING, "its shortest decimal text", "", Object::toString),
            rule(ColumnType.BOOL, ColumnType.STRING, "`true` or `false`", "", Object::toString),
            rule(ColumnType.NUMERIC, ColumnType.BIGNUMERIC, SAME, "", value -> value),
            rule(
                    ColumnType.BIGNUMERIC,
                    ColumnType.NUMERIC,
                    SAME,
                    "more than 9 digits after the point or 29 before it",
                    value -> value),
            rule(ColumnType.NUMERIC, ColumnType.FLOAT64, SAME, EXACT_REAL, value -> real((BigDecimal) value)),
            rule(ColumnType.BIGNUMERIC, ColumnType.FLOAT64, SAME, EXACT_REAL, value -> real((BigDecimal) value)),
            rule(
                    ColumnType.NUMERIC,
                    ColumnType.INT64,
                    SAME,
                    "a fraction, or more than an INT64 holds",
                    TypeConversions::integer),
            rule(
                    ColumnType.BIGNUMERIC,
                    ColumnType.INT64,
                    SAME,
                    "a fraction, or more than an INT64 holds",
                    TypeConversions::integer),
            rule(
                    ColumnType.NUMERIC,
                    ColumnType.STRING,
                    "its decimal digits",
                    "",
                    value -> ((BigDecimal) value).toPlainString()),
            rule(
                    ColumnType.BIGNUMERIC,
                    ColumnType.STRING,
                    "its decimal digits",
                    "",
                    value -> ((BigDecimal) value).toPlainString()),
            rule(
                    ColumnType.STRING,
                    ColumnType.TIMESTAMP,
                    "date and time of ISO 8601, with T or a blank between them; in UTC if there is no offset",
                    OTHER_TEXT + ", more than 6 digits of a second",
                    value -> TimeText.timestamp((String) value)),
            rule(
                    ColumnType.STRING,
                    ColumnType.DATETIME,
                    "date and time of ISO 8601, with T or a blank between them",
                    OTHER_TEXT + ", an offset, more than 6 digits of a second",
                    value -> TimeText.dateTime((String) value)),
            rule(
                    ColumnType.STRING,
                    ColumnType.DATE,
                    "a date of ISO 8601",
                    OTHER_TEXT,
                    value -> TimeText.date((String) value)),
            rule(
                    ColumnType.STRING,
                    ColumnType.TIME,
                    "a time of ISO 8601",
                    OTHER_TEXT + ", more than 6 digits of a second",
                    value -> TimeText.time((String) value)),
            rule(
                    ColumnType.STRING,
                    ColumnType.JSON,
                    "JSON text",
                    OTHER_TEXT + ", a number that JSON columns round",
                    value -> JsonText.check((String) value)),
            rule(
                    ColumnType.STRING,
                    ColumnType.GEOGRAPHY,
                    "WKT or GeoJSON",
                    OTHER_TEXT + ", a third coordinate in WKT",
                    value -> GeographyText.check((String) value)),
            rule(ColumnType.DATE, ColumnType.STRING, AS_ISO, "", value -> TimeText.ofDate((Long) value)),
            rule(
                    ColumnType.DATE,
                    ColumnType.TIMESTAMP,
                    "midnight in UTC",
                    "",
                    value -> (Long) value * CivilTime.MICROS_PER_DAY),
            rule(
                    ColumnType.DATE,
                    ColumnType.DATETIME,
                    "midnight",
                    "",
                    value -> (Long) value * CivilTime.MICROS_PER_DAY),
            rule(ColumnType.TIME, ColumnType.STRING, AS_ISO, "", value -> TimeText.ofTime((Long) value)),
            rule(ColumnType.DATETIME, ColumnType.STRING, AS_ISO, "", value -> TimeText.ofDateTime((Long) value)),
            rule(ColumnType.DATETIME, ColumnType.TIMESTAMP, "the same date and time in UTC", "", value -> value),
            rule(ColumnType.DATETIME, ColumnType.DATE, "its date", "a time other than midnight", TypeConversions::day),
            rule(
                    ColumnType.TIMESTAMP,
                    ColumnType.STRING,
                    AS_ISO + " in UTC",
                    "",
                    value -> TimeText.ofTimestamp((Long) value)),
            rule(ColumnType.TIMESTAMP, ColumnType.DATETIME, "its date and time in UTC", "", value -> value),
            rule(
                    ColumnType.TIMESTAMP,
                    ColumnType.DATE,
                    "its date in UTC",
                    "a time other than midnight in UTC",
                    TypeConversions::day),
            rule(ColumnType.JSON, ColumnType.STRING, "the JSON text", "", value -> value));

    private TypeConversions() {}

    /** The scalar type that converts values to another column type; empty if no conversion keeps them. */
    static Optional<ScalarType> convert(ScalarType from, ColumnType to, IntegerTimeUnit integerTimes) {
        String kind = from.column().name();
        if (to == ColumnType.JSON && from.column() != ColumnType.STRING && from.column() != ColumnType.BYTES) {
            return Optional.of(converted(kind, from.reader(), to, value -> JsonText.of(from.column(), value)));
        }
        return RULES.stream()
                .filter(rule -> rule.from() == from.column() && rule.to() == to)
                .findFirst()
                .map(rule -> converted(
                        kind, from.reader(), to, value -> rule.conversion().convert(value, integerTimes)));
    }

    /** @param kind the kind of the values, for messages */
    static ScalarType converted(
            String kind, ScalarType.Reader reader, ColumnType to, UnaryOperator<Object> conversion) {
        ScalarType target = ScalarTypes.of(to);
        ScalarType.Reader converting = value -> {
            try {
                return conversion.apply(reader.read(value));
            } catch (ConversionException e) {
                throw lossy(kind, to, e);
            }
        };
        return new ScalarType(
                to,
                target.wire(),
                (out, number, value) -> {
                    Object converted = converting.read(value);
                    try {
                        target.writer().write(out, number, converted);
                    } catch (ConversionException e) {
                        throw lossy(kind, to, e);
                    }
                },
                converting);
    }

    private static ConversionException lossy(String kind, ColumnType to, ConversionException reason) {
        return new ConversionException(
                "the " + kind + " value cannot be written to the " + to + " column: " + reason.getMessage()
                        + ". Correct the value, convert the field with a transformation, or send the topic to another table.",
                reason);
    }

    private static Rule rule(
            ColumnType from, ColumnType to, String written, String refused, UnaryOperator<Object> conversion) {
        return new Rule(from, to, written, refused, (value, unit) -> conversion.apply(value));
    }

    private static Rule timeRule(ColumnType to, String written) {
        String refused = to == ColumnType.TIME ? "24 hours and more" : BEYOND_YEARS;
        return new Rule(ColumnType.INT64, to, written, refused, (value, unit) -> {
            try {
                return unit.toMicros((Long) value);
            } catch (ArithmeticException e) {
                throw new ConversionException(
                        "a time in " + unit + " (integer.time.unit) must be in the years 1 to 9999", e);
            }
        });
    }

    private static double real(BigDecimal number) {
        double real = number.doubleValue();
        if (Double.isInfinite(real) || new BigDecimal(Double.toString(real)).compareTo(number) != 0) {
            throw new ConversionException("it has more digits than a FLOAT64 keeps");
        }
        return real;
    }

    private static BigDecimal decimal(Object real) {
        try {
            return new BigDecimal(real.toString());
        } catch (NumberFormatException e) {
            throw new ConversionException("it is not a finite number", e);
        }
    }

    private static Long integer(Object decimal) {
        BigInteger integer;
        try {
            integer = ((BigDecimal) decimal).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new ConversionException("it has a fraction", e);
        }
        if (integer.bitLength() > 63) {
            throw new ConversionException("it has more digits than an INT64 keeps");
        }
        return integer.longValue();
    }

    private static Long day(Object micros) {
        if (Math.floorMod((Long) micros, CivilTime.MICROS_PER_DAY) != 0) {
            throw new ConversionException("its time is not midnight in UTC");
        }
        return Math.floorDiv((Long) micros, CivilTime.MICROS_PER_DAY);
    }
}
