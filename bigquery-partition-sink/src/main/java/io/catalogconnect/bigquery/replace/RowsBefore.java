package io.catalogconnect.bigquery.replace;

import java.util.concurrent.CompletableFuture;

/** The rows before an end marker, in its topic partition. */
public interface RowsBefore {

    /** Whether all of them are acknowledged or rejected. */
    boolean settled(ObjectVersion version);

    /** Whether queries see all acknowledged rows; false if not yet. Called only when all rows are settled. */
    CompletableFuture<Boolean> visible(ObjectVersion version);
}
