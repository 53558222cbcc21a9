package io.catalogconnect.bigquery.convert;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Encodings of the Storage Write API beyond protobuf's own: civil times packed into an int64, and decimals as scaled
 * little-endian two's complement bytes.
 */
final class CivilTime {

    static final long MICROS_PER_SECOND = 1_000_000L;
    static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;
    private static final int NUMERIC_SCALE = 9;
    private static final int BIGNUMERIC_SCALE = 38;
    private static final BigInteger NUMERIC_LIMIT = BigInteger.TEN.pow(38);
    private static final BigInteger BIGNUMERIC_LIMIT = BigInteger.ONE.shiftLeft(255);

    private CivilTime() {}

    /** Bits from the top: hour 5, minute 6, second 6, microsecond 20. */
    static long packTime(long microsOfDay) {
        if (microsOfDay < 0 || microsOfDay >= MICROS_PER_DAY) {
            throw new ConversionException("a time of day must be between 00:00 and 24:00");
        }
        return pack(LocalTime.ofNanoOfDay(microsOfDay * 1_000));
    }

    /** Bits from the top: year 14, month 4, day 5, then the time. */
    static long packDateTime(long epochMicros) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(
                Math.floorDiv(epochMicros, MICROS_PER_SECOND),
                (int) Math.floorMod(epochMicros, MICROS_PER_SECOND) * 1_000,
                ZoneOffset.UTC);
        if (at.getYear() < 1 || at.getYear() > 9999) {
            throw new ConversionException("a DATETIME must be in the years 1 to 9999");
        }
        long date = ((long) at.getYear() << 9) | (at.getMonthValue() << 5) | at.getDayOfMonth();
        return (date << 37) | pack(at.toLocalTime());
    }

    private static long pack(LocalTime time) {
        long seconds = ((long) time.getHour() << 12) | (time.getMinute() << 6) | time.getSecond();
        return (seconds << 20) | (time.getNano() / 1_000);
    }

    static byte[] numeric(BigDecimal value) {
        return scaled(value, NUMERIC_SCALE, NUMERIC_LIMIT, "NUMERIC");
    }

    static byte[] bigNumeric(BigDecimal value) {
        return scaled(value, BIGNUMERIC_SCALE, BIGNUMERIC_LIMIT, "BIGNUMERIC");
    }

    private static byte[] scaled(BigDecimal value, int scale, BigInteger limit, String type) {
        BigInteger unscaled;
        try {
            unscaled = value.setScale(scale).unscaledValue();
        } catch (ArithmeticException e) {
            throw new ConversionException(
                    "a decimal has more than " + scale + " digits after the decimal point, too many for " + type, e);
        }
        if (unscaled.abs().compareTo(limit) >= 0) {
            throw new ConversionException("a decimal has too many digits for " + type);
        }
        byte[] bytes = unscaled.toByteArray();
        for (int low = 0, high = bytes.length - 1; low < high; low++, high--) {
            byte swap = bytes[low];
            bytes[low] = bytes[high];
            bytes[high] = swap;
        }
        return bytes;
    }
}
