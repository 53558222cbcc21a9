package io.catalogconnect.bigquery.commit;

/** Report of a rejected record, which may not be stored yet. */
@FunctionalInterface
public interface PendingReport {

    /**
     * Whether the record has been stored. Does not block.
     *
     * @throws RuntimeException the failure of the report, in every call
     */
    boolean isStored();
}
