package io.catalogconnect.bigquery.commit;

/** Whether tables accept rows. Called by one thread; no method blocks. */
@FunctionalInterface
public interface TableReadiness {

    /**
     * Whether a format's table accepts its rows now.
     *
     * @throws RuntimeException if it never will; the message says what to do
     */
    boolean accepts(RowFormat format);

    /** Checks a table again before its next append, because appends keep failing: it may have been dropped or changed. */
    default void recheck(String table) {}
}
