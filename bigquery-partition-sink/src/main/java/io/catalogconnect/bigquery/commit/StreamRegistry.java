package io.catalogconnect.bigquery.commit;

import java.util.concurrent.CompletableFuture;

/**
 * Registry of lanes: the owner of each lane and its stream. A lane has one entry, whichever connector asks. It changes by
 * compare-and-set only. Calls do not block; futures fail with {@link ServiceUnavailableException} or {@link ServiceRefusedException}.
 */
public interface StreamRegistry {

    /** The lane's registration; for a new lane {@link Registration#NONE}, which is stored first. */
    CompletableFuture<Registration> read(LaneKey lane);

    /**
     * Replaces {@code expected} by {@code next} if the lane's registration is {@code expected}, and returns whether it
     * did. After a failed future it may have been replaced or not. Cancelling the future withdraws a change that was not
     * sent yet.
     */
    CompletableFuture<Boolean> replace(LaneKey lane, Registration expected, Registration next);
}
