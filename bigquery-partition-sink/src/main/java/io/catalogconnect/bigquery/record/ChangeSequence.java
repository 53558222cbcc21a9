package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.ConversionException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/**
 * Sequence numbers of changes: hexadecimal sections, the most significant first, which BigQuery compares as unsigned numbers. A
 * redelivered record has the same number as before, so writing it again changes nothing.
 *
 * @param generation precedes the offset, so that changes of a recreated topic follow those of the old one
 */
record ChangeSequence(int generation) {

    /** The sequence number of a record without a version. */
    String of(long offset) {
        return Integer.toHexString(generation) + '/' + Long.toHexString(offset);
    }

    /**
     * The sequence number of a record with a version, which comes first. The sign bit of the version is inverted, so that negative
     * versions precede positive ones.
     */
    String of(long version, long offset) {
        return Long.toHexString(version ^ Long.MIN_VALUE) + '/' + of(offset);
    }

    /**
     * The version of a record as a number.
     *
     * @throws ConversionException if the value is neither an integer nor a timestamp
     */
    static long version(String column, Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Date date) {
            return Math.multiplyExact(date.toInstant().toEpochMilli(), 1_000L);
        }
        if (value instanceof String text) {
            try {
                return ChronoUnit.MICROS.between(
                        Instant.EPOCH, OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                // reported below
            }
        }
        throw new ConversionException("version column '" + column + "' is neither an integer nor a timestamp. Correct"
                + " upsert.version.column, or convert the field with a transformation.");
    }
}
