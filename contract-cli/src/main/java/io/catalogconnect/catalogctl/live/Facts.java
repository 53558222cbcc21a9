package io.catalogconnect.catalogctl.live;

import java.util.List;
import java.util.Optional;

/** The facts about contracts, stored in a dataset. Every method throws {@link LiveException} if they cannot be read or written. */
public interface Facts {
    /** The states of all contracts and environments of the dataset; empty before the first apply. */
    List<ContractState> states();

    /** The state of a contract in an environment; empty before the first apply. */
    default Optional<ContractState> state(String contractId, String environment) {
        return states().stream()
                .filter(state -> state.isOf(contractId, environment))
                .findFirst();
    }

    /**
     * Replaces a state if nobody else has replaced it.
     *
     * @param next the state with a higher revision
     * @return false if the stored revision is not that of {@code expected}
     */
    boolean replace(ContractState expected, ContractState next) throws InterruptedException;

    /** The log of a contract in an environment, in the order of time. */
    List<LogEntry> log(String contractId, String environment);

    /** Appends an entry to the log. */
    void append(LogEntry entry) throws InterruptedException;
}
