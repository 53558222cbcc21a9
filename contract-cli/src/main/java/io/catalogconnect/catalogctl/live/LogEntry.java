package io.catalogconnect.catalogctl.live;

import java.time.Instant;

/**
 * An entry of the log of contracts.
 *
 * @param apply number of the apply
 * @param event such as {@code begun}, {@code applied} or {@code failed}
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
        String text) {}
