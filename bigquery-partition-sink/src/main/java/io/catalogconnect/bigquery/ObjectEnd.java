package io.catalogconnect.bigquery;

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
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * The record after an object's last row, as s3-csv-source sends it with {@code object.end.markers=true}: no value, and
 * headers that say which object has come to its end. A header converter may have made dates and numbers of their texts.
 */
final class ObjectEnd {

    private static final String CONTROL = "catalog.control";
    private static final String OBJECT_END = "object-end";

    private ObjectEnd() {}

    static boolean is(SinkRecord record) {
        Header control = record.headers().lastWithName(CONTROL);
        return control != null && OBJECT_END.equals(control.value());
    }

    /**
     * Which version the record is the end of.
     *
     * @param unit what a date's rows are to be shown in
     * @throws ConversionException if a header is missing or is not what it should be
     */
    static ObjectVersion version(SinkRecord record, Function<LocalDate, UnitKey> unit) {
        LocalDate date = read(record, "file.date", ObjectEnd::date);
        return new ObjectVersion(
                unit.apply(date),
                date,
                new ObjectName(read(record, "s3.bucket", Object::toString), read(record, "s3.key", Object::toString)),
                read(record, "s3.etag", Object::toString),
                read(record, "s3.last.modified", ObjectEnd::instant),
                record.originalTopic(),
                record.originalKafkaPartition(),
                record.originalKafkaOffset(),
                read(record, "object.rows", ObjectEnd::number),
                read(record, "object.rejects", ObjectEnd::number));
    }

    private static <T> T read(SinkRecord record, String name, Function<Object, T> as) {
        Object value = value(record, name);
        if (value == null) {
            throw new ConversionException("it is the end of an object, but has no header '" + name + "'");
        }
        try {
            return as.apply(value);
        } catch (DateTimeException | NumberFormatException e) {
            throw new ConversionException("it is the end of an object, but its header '" + name
                    + "' is not what it should be: " + e.getMessage());
        }
    }

    private static @Nullable Object value(SinkRecord record, String name) {
        Header header = record.headers().lastWithName(name);
        return header == null ? null : header.value();
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
