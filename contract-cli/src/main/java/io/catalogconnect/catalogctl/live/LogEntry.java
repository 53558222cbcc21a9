package io.catalogconnect.catalogctl.live;

import java.time.Instant;

/**
 * An entry of the log of contracts.
 *
 * @param apply number of the apply
 * @param event such as {@link #BEGUN}, {@link #APPLIED} or {@link #FAILED}
 * @param who the person or job that ran the command
 * @param fromVersion version before; empty for none
 * @param what summary of the changes
 * @param plan the plan, or the offsets of a replay, as JSON
 * @param text text of the contract; empty for a replay
 */
public record LogEntry(
        String contractId,
        String environment,
        long apply,
        String event,
        Instant at,
        String who,
        String fromVersion,
        String toVersion,
        String what,
        String plan,
        String text) {
    /** An apply makes its first change. */
    public static final String BEGUN = "begun";
    /** An apply has made all changes. */
    public static final String APPLIED = "applied";
    /** An apply has made some changes. */
    public static final String FAILED = "failed";
}
