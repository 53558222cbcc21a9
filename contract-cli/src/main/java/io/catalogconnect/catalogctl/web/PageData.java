package io.catalogconnect.catalogctl.web;

import io.catalogconnect.catalogctl.live.LiveException;

/** What the status page shows, as JSON. The methods throw {@link LiveException} if a service does not answer. Thread-safe. */
public interface PageData {
    /** The state, not older than some seconds. */
    String status() throws InterruptedException;

    /** Columns, newest partitions and some rows of a table of the contract. */
    String table(String name);

    /**
     * The first rows of a query.
     *
     * @param request JSON object with the statement in {@code sql}
     * @throws IllegalArgumentException if the request is not one
     */
    String query(String request);
}
