package io.catalogconnect.localbigquery.avro;

import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.InvalidValueException;
import io.catalogconnect.localbigquery.store.TextValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Avro's logical types that have a BigQuery type. A logical type that is not listed here has the type of its encoding. */
final class LogicalTypes {

    /** Reads the encoding of a decimal. */
    @FunctionalInterface
    interface Bytes {
        byte[] read(AvroInput in);
    }

    /** BigQuery writes a DATETIME so. */
    static final AvroType DATETIME_TEXT = AvroType.scalar("DATETIME", 1, in -> {
        try {
            return TextValues.parse(FieldType.DATETIME, in.readString());
        } catch (InvalidValueException e) {
            throw new AvroException(String.valueOf(e.getMessage()));
        }
    });

    private static final int NUMERIC_SCALE = 9;
    private static final int NUMERIC_WHOLE_DIGITS = 29;
    /** The longest decimal that BIGNUMERIC holds has less bytes. */
    private static final int MAX_DECIMAL_BYTES = 64;

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999999Z");

    private LogicalTypes() {}

    static AvroType ofInt(String logical) {
        return switch (logical) {
            case "date" -> AvroType.scalar("DATE", 1, in -> date(in.readInt()));
            case "time-millis" -> AvroType.scalar("TIME", 1, in -> time(in.readInt(), NANOS_PER_MILLI));
            default -> AvroType.scalar("INTEGER", 1, in -> (long) in.readInt());
        };
    }

    static AvroType ofLong(String logical) {
        return switch (logical) {
            case "time-micros" -> AvroType.scalar("TIME", 1, in -> time(in.readLong(), NANOS_PER_MICRO));
            case "timestamp-millis" ->
                AvroType.scalar("TIMESTAMP", 1, in -> timestamp(in.readLong(), ChronoUnit.MILLIS));
            case "timestamp-micros" ->
                AvroType.scalar("TIMESTAMP", 1, in -> timestamp(in.readLong(), ChronoUnit.MICROS));
            case "local-timestamp-millis" ->
                AvroType.scalar("DATETIME", 1, in -> dateTime(in.readLong(), ChronoUnit.MILLIS));
            case "local-timestamp-micros" ->
                AvroType.scalar("DATETIME", 1, in -> dateTime(in.readLong(), ChronoUnit.MICROS));
            default -> AvroType.scalar("INTEGER", 1, AvroInput::readLong);
        };
    }

    static AvroType decimal(int precision, int scale, int minBytes, Bytes bytes) {
        boolean small = scale <= NUMERIC_SCALE && precision - scale <= NUMERIC_WHOLE_DIGITS;
        return AvroType.scalar(small ? "NUMERIC" : "BIGNUMERIC", minBytes, in -> {
            byte[] unscaled = bytes.read(in);
            if (unscaled.length == 0 || unscaled.length > MAX_DECIMAL_BYTES) {
                throw new AvroException("A decimal has " + unscaled.length + " bytes");
            }
            return new BigDecimal(new BigInteger(unscaled), scale);
        });
    }

    private static LocalDate date(int days) {
        LocalDate date = LocalDate.ofEpochDay(days);
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new AvroException("The date " + days + " is out of range");
        }
        return date;
    }

    private static LocalTime time(long value, long nanos) {
        if (value < 0 || value >= LocalTime.MAX.toNanoOfDay() / nanos + 1) {
            throw new AvroException("The time " + value + " is out of range");
        }
        return LocalTime.ofNanoOfDay(value * nanos);
    }

    private static Instant timestamp(long value, ChronoUnit unit) {
        // No value of a long leaves the range of Instant.
        Instant time = Instant.EPOCH.plus(value, unit);
        if (time.isBefore(MIN_TIME) || time.isAfter(MAX_TIME)) {
            throw new AvroException("The timestamp " + value + " is out of range");
        }
        return time;
    }

    private static LocalDateTime dateTime(long value, ChronoUnit unit) {
        return LocalDateTime.ofInstant(timestamp(value, unit), ZoneOffset.UTC);
    }
}
