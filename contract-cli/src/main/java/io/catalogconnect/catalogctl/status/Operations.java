package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.apply.Holder;
import io.catalogconnect.catalogctl.apply.Lease;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ReplayLog;
import io.catalogconnect.catalogctl.live.ReplayLog.OpenReplay;
import io.catalogconnect.catalogctl.replay.ReplayAdvice;
import io.catalogconnect.catalogctl.resource.Desired;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was done with a contract in an environment.
 *
 * @param applied the last complete apply; empty before the first one
 * @param unfinished the last apply if it is not complete
 * @param replay the replay that has not ended; empty for none
 * @param unfilled tables that were created after files may have been read, and that no replay has filled
 * @param holder the process that changes the contract now; empty for none
 */
public record Operations(
        Optional<Apply> applied,
        Optional<Apply> unfinished,
        Optional<OpenReplay> replay,
        Set<String> unfilled,
        Optional<String> holder) {
    /** Nothing is known. */
    static final Operations UNKNOWN =
            new Operations(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

    /**
     * An apply.
     *
     * @param at its end; its start if it is not complete
     * @param hasFailed whether it has ended with failures
     */
    public record Apply(long number, String version, Instant at, String who, boolean hasFailed) {
        private static Apply of(LogEntry entry) {
            return new Apply(
                    entry.apply(),
                    entry.toVersion(),
                    entry.at(),
                    entry.who(),
                    entry.event().equals(LogEntry.FAILED));
        }

        @Override
        public String toString() {
            return "apply " + number + " of version " + version + " (by " + who + ")";
        }
    }

    /**
     * Reads the operations.
     *
     * @param log the log in the order of time
     * @param state the facts about the contract
     */
    static Operations of(Desired desired, List<LogEntry> log, ContractState state, Instant now) {
        Optional<Apply> applied = Optional.empty();
        Optional<Apply> unfinished = Optional.empty();
        for (LogEntry entry : log) {
            switch (entry.event()) {
                case LogEntry.BEGUN, LogEntry.FAILED -> unfinished = Optional.of(Apply.of(entry));
                case LogEntry.APPLIED -> {
                    applied = Optional.of(Apply.of(entry));
                    unfinished = Optional.empty();
                }
                default -> {
                    // A replay or a retirement.
                }
            }
        }
        Optional<String> holder =
                Lease.isHeld(state, now) ? Optional.of(Holder.shown(state.holder())) : Optional.empty();
        return new Operations(applied, unfinished, ReplayLog.open(log), ReplayAdvice.unfilled(desired, log), holder);
    }

    /** True if the contract was never applied, not even in part. */
    boolean isNew() {
        return applied.isEmpty() && unfinished.isEmpty();
    }
}
