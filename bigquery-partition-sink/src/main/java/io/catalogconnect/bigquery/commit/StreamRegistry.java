package io.catalogconnect.bigquery.commit;

import java.util.concurrent.CompletableFuture;

/**
 * The one place that says which stream a lane's owner writes to; it changes by compare-and-set only. Calls do not
 * block; futures fail with {@link ServiceUnavailableException} or {@link ServiceRefusedException}.
 */
public interface StreamRegistry {

    /** The lane's registration now; {@link Registration#NONE} (made durable first) for a lane that is new. */
    CompletableFuture<Registration> read(LaneKey lane);

    /**
     * Replaces {@code expected} by {@code next} if {@code expected} is still there, and tells whether it did. A
     * failed future leaves both possible.
     */
    CompletableFuture<Boolean> replace(LaneKey lane, Registration expected, Registration next);
}
