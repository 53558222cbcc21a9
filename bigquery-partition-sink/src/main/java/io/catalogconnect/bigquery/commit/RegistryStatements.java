package io.catalogconnect.bigquery.commit;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Registry of lanes whose calls are each one statement for any number of lanes. Calls do not block; futures fail as those of
 * {@link StreamRegistry}.
 */
public interface RegistryStatements {

    /**
     * The change of a lane's registration.
     *
     * @param expected the registration that is replaced
     * @param next the registration that replaces it; no other change ever names its stream
     */
    record Change(Registration expected, Registration next) {}

    /** The registration of each lane; for a new lane {@link Registration#NONE}, which is stored first. */
    CompletableFuture<Map<LaneKey, Registration>> read(Collection<LaneKey> lanes);

    /**
     * Replaces the registration of each lane whose registration is the expected one, and returns for each lane whether it
     * did. The outcome of a lane does not depend on the others. After a failed future, each may have been replaced or not.
     */
    CompletableFuture<Map<LaneKey, Boolean>> replace(Map<LaneKey, Change> changes);
}
