package io.catalogconnect.transforms.rule;

import org.apache.kafka.connect.connector.ConnectRecord;

/**
 * Recognizes control records such as the end marker of an S3 object: records without a value that have the header
 * {@value #HEADER}. Rules are about data, so no rule is evaluated for a control record.
 */
public final class ControlRecords {
    /** Header of every control record. */
    public static final String HEADER = "catalog.control";

    private ControlRecords() {}

    /** True if the record is a control record. */
    public static boolean isControl(ConnectRecord<?> record) {
        return record.value() == null && record.headers().lastWithName(HEADER) != null;
    }
}
