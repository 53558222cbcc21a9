package io.catalogconnect.transforms;

import org.apache.kafka.connect.connector.ConnectRecord;

/**
 * Records among the data that are no data, as the one with which a source says that an object is whole. They have no value and
 * the header {@value #HEADER}. Rules are about data, so no rule is asked about them.
 */
public final class ControlRecords {
    /** The header that tells them from data. */
    public static final String HEADER = "catalog.control";

    private ControlRecords() {}

    /** Whether a record is one. */
    public static boolean isControl(ConnectRecord<?> record) {
        return record.value() == null && record.headers().lastWithName(HEADER) != null;
    }
}
