package io.catalogconnect.bigquery.replace;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Version: one delivery of an object, as its end marker describes it. Two deliveries of the same object differ at least in
 * the position of their markers in Kafka.
 *
 * @param unit the unit that shows it
 * @param date date of its rows
 * @param object the S3 object
 * @param etag ETag of its content
 * @param modified time of the last modification
 * @param topic original topic of its end marker
 * @param partition original partition of its end marker and of its rows
 * @param offset original offset of its end marker; its rows have lower offsets
 * @param rows number of rows that the source sent, before any transformation
 * @param rejects number of malformed rows, which the source did not send
 */
public record ObjectVersion(
        UnitKey unit,
        LocalDate date,
        ObjectName object,
        String etag,
        Instant modified,
        String topic,
        int partition,
        long offset,
        long rows,
        long rejects) {

    /** Id of the version in publications; unique in its table. */
    public String id() {
        return id(date, topic, partition, offset);
    }

    /** Id of the version whose end marker is at this position. */
    public static String id(LocalDate date, String topic, int partition, long offset) {
        return date + "/" + topic + "/" + partition + "/" + offset;
    }

    /** Date of the version with this id. */
    public static LocalDate dateOf(String id) {
        return LocalDate.parse(id.substring(0, id.indexOf('/')));
    }

    @Override
    public String toString() {
        return object + " of " + modified + " (" + topic + "-" + partition + " offset " + offset + ")";
    }
}
