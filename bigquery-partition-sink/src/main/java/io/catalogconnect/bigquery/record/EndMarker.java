package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.replace.ObjectName;
import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.UnitKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.Function;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * End marker: the record after an object's last row, which s3-csv-source sends with {@code object.end.markers=true}. It
 * has no value; its headers identify the version that ends. A header converter may have changed texts into dates and
 * numbers.
 */
public final class EndMarker {

    private EndMarker() {}

    /** Whether a record is an end marker. */
    public static boolean is(SinkRecord record) {
        return RecordHeaders.control(record)
                .filter(RecordHeaders.OBJECT_END::equals)
                .isPresent();
    }

    /**
     * The version that ends with a marker.
     *
     * @param unit the unit in which rows of a date are shown
     * @throws ConversionException if a header is missing or malformed
     */
    public static ObjectVersion version(SinkRecord record, Function<LocalDate, UnitKey> unit) {
        LocalDate date = read(record, RecordHeaders.DATE, EndMarker::date);
        return new ObjectVersion(
                unit.apply(date),
                date,
                new ObjectName(
                        read(record, RecordHeaders.BUCKET, Object::toString),
                        read(record, RecordHeaders.KEY, Object::toString)),
                read(record, RecordHeaders.ETAG, Object::toString),
                read(record, RecordHeaders.MODIFIED, EndMarker::instant),
                record.originalTopic(),
                record.originalKafkaPartition(),
                record.originalKafkaOffset(),
                read(record, RecordHeaders.ROWS, EndMarker::number),
                read(record, RecordHeaders.REJECTS, EndMarker::number));
    }

    private static <T> T read(SinkRecord record, RecordHeaders.Definition header, Function<Object, T> as) {
        Object value = header.of(record);
        if (value == null) {
            throw new ConversionException("the record is an end marker, but has no header '" + header.name() + "'");
        }
        try {
            return as.apply(value);
        } catch (DateTimeException | NumberFormatException e) {
            throw new ConversionException("the record is an end marker, but its header '" + header.name()
                    + "' is not of type " + header.type() + ": " + e.getMessage());
        }
    }

    private static LocalDate date(Object value) {
        return value instanceof Date date
                ? LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC)
                : LocalDate.parse(value.toString());
    }

    private static Instant instant(Object value) {
        return value instanceof Date date
                ? date.toInstant()
                : OffsetDateTime.parse(value.toString()).toInstant();
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : Long.parseLong(value.toString());
    }
}
