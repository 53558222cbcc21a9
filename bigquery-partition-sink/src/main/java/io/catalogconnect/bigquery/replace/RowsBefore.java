package io.catalogconnect.bigquery.replace;

import java.util.concurrent.CompletableFuture;

/** The rows before an object's end, in its topic partition. */
public interface RowsBefore {

    /** Whether all of them are acknowledged, or in the hands of whoever takes bad records. */
    boolean settled(ObjectVersion version);

    /** Whether a query sees all that are acknowledged; false to be asked again later. Asked only when they are settled. */
    CompletableFuture<Boolean> visible(ObjectVersion version);
}
