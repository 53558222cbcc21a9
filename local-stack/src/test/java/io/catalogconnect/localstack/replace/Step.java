package io.catalogconnect.localstack.replace;

import org.jspecify.annotations.Nullable;

/** The steps of a version's way into its partition: where each is held, and how things stand then. */
enum Step {
    ROWS_APPENDED_IN_PART(
            "{\"effect\":\"HANG\",\"method\":\"AppendRows\",\"resource\":\"_history/\",\"skip\":1}",
            Rows.SOME,
            false,
            Recorded.AS_BEFORE,
            false),
    ROWS_APPENDED(held("HANG", "<= @up_to"), Rows.ALL, false, Recorded.AS_BEFORE, false),
    ROWS_SEEN(held("HANG", "(version_id, connector"), Rows.ALL, false, Recorded.AS_BEFORE, false),
    FACT_INSERTED(held("HANG_ANSWER", "(version_id, connector"), Rows.ALL, true, Recorded.AS_BEFORE, false),
    FACT_KNOWN(held("HANG", "SET sequence = "), Rows.ALL, true, Recorded.AS_BEFORE, false),
    RECORD_NAMED(held("HANG_ANSWER", "SET sequence = "), Rows.ALL, true, Recorded.NAMED, false),
    RECORD_KNOWN(held("HANG", "WRITE_TRUNCATE"), Rows.ALL, true, Recorded.NAMED, false),
    /** Held as soon as the service has the job: how far it is then is the service's affair. */
    JOB_SUBMITTED(held("HANG_ANSWER", "WRITE_TRUNCATE"), Rows.ALL, true, Recorded.NAMED, null),
    JOB_DONE(
            "{\"effect\":\"HANG\",\"method\":\"GET\",\"resource\":\"/jobs/catalog-connect_\"}",
            Rows.ALL,
            true,
            Recorded.NAMED,
            true),
    JOB_KNOWN(held("HANG", "SET done = TRUE"), Rows.ALL, true, Recorded.NAMED, true),
    RECORD_DONE(held("HANG_ANSWER", "SET done = TRUE"), Rows.ALL, true, Recorded.DONE, true),
    /** Kafka is gone before the sink can commit; see {@link CrashStage}. */
    OFFSET_NOT_COMMITTED(
            "{\"effect\":\"DELAY\",\"durationMs\":4000,\"method\":\"POST\",\"body\":\"SET done = TRUE\"}",
            Rows.ALL,
            true,
            Recorded.DONE,
            true);

    /** What of the version's rows is in the history. */
    enum Rows {
        SOME,
        ALL
    }

    /** What the record of the partition says. */
    enum Recorded {
        AS_BEFORE,
        NAMED,
        DONE
    }

    private final String rule;
    private final Rows rows;
    private final boolean fact;
    private final Recorded recorded;
    private final @Nullable Boolean shown;

    Step(String rule, Rows rows, boolean fact, Recorded recorded, @Nullable Boolean shown) {
        this.rule = rule;
        this.rows = rows;
        this.fact = fact;
        this.recorded = recorded;
        this.shown = shown;
    }

    /** The fault that holds the sink here. */
    String rule() {
        return rule;
    }

    /** Whether things stand as they must when the sink is held here. */
    boolean isReached(Standing now, Standing before, int rowsOfVersion) {
        long appended = now.historyRows() - before.historyRows();
        return (rows == Rows.ALL ? appended == rowsOfVersion : appended > 0 && appended < rowsOfVersion)
                && now.facts() - before.facts() == (fact ? 1 : 0)
                && now.sequence() - before.sequence() == (recorded == Recorded.AS_BEFORE ? 0 : 1)
                && now.done() == (recorded != Recorded.NAMED)
                && (shown == null || shown == !now.shown().equals(before.shown()));
    }

    private static String held(String effect, String body) {
        return "{\"effect\":\"" + effect + "\",\"method\":\"POST\",\"body\":\"" + body + "\"}";
    }
}
