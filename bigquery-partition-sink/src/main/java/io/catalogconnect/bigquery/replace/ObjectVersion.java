package io.catalogconnect.bigquery.replace;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One delivery of an object, as the record after its last row tells it. Two deliveries of the same object differ in their
 * place in Kafka at least.
 *
 * @param unit what it is to be shown in
 * @param date the day that its rows belong to
 * @param object where it lies, {@code s3://bucket/key}
 * @param etag of its content
 * @param modified when it was last modified
 * @param topic the original topic of its end
 * @param partition the original partition, in which its rows are too
 * @param offset the original offset of its end: its rows lie below
 * @param rows how many the source sent, before any filter
 * @param rejects how many the source could not send
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

    /** What the version is called in records of jobs; unique in its table. */
    public String id() {
        return id(date, topic, partition, offset);
    }

    /** The id of a version whose end is at this place. */
    public static String id(LocalDate date, String topic, int partition, long offset) {
        return date + "/" + topic + "/" + partition + "/" + offset;
    }

    /** The day that the version of an id belongs to. */
    public static LocalDate dateOf(String id) {
        return LocalDate.parse(id.substring(0, id.indexOf('/')));
    }

    @Override
    public String toString() {
        return object + " of " + modified + " (" + topic + "-" + partition + " offset " + offset + ")";
    }
}
