package io.catalogconnect.bigquery.commit;

import java.util.Set;
import java.util.TreeSet;

/**
 * Registry entry of a lane: its present owner.
 *
 * @param epoch grows by one with each take-over; 0 before the first
 * @param connector name of the owner's connector
 * @param stream the owner's stream, empty if the lane has no owner
 * @param baseOffset the highest Kafka offset that was written when the epoch began, or -1: every row of
 *     this epoch's stream lies above it
 * @param fenced names of the connectors that another connector has fenced; none of them may fence a connector
 */
public record Registration(long epoch, String connector, String stream, long baseOffset, Set<String> fenced) {

    /** A lane without an owner. */
    public static final Registration NONE = new Registration(0, "", "", -1, Set.of());

    public Registration {
        if (epoch < 0 || baseOffset < -1) {
            throw new IllegalArgumentException("epoch " + epoch + " with base offset " + baseOffset);
        }
        fenced = Set.copyOf(fenced);
    }

    /** Whether a connector other than the given one owns the lane. */
    boolean belongsToOther(String name) {
        return !stream.isEmpty() && !connector.equals(name);
    }

    /** The next epoch, owned by the given connector; a different connector that owns this epoch becomes fenced. */
    Registration succeededBy(String nextConnector, String nextStream, long nextBaseOffset) {
        Set<String> nextFenced = new TreeSet<>(fenced);
        if (belongsToOther(nextConnector)) {
            nextFenced.add(connector);
        }
        return new Registration(epoch + 1, nextConnector, nextStream, nextBaseOffset, nextFenced);
    }
}
