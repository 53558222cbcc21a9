package io.catalogconnect.bigquery.commit;

/**
 * Registry entry of a lane: its present owner.
 *
 * @param epoch grows by one with each take-over; 0 before the first
 * @param stream the owner's stream, empty if the lane has no owner
 * @param baseOffset the highest Kafka offset in the table when the epoch began, or -1: every row of
 *     this epoch's stream lies above it
 */
public record Registration(long epoch, String stream, long baseOffset) {

    /** A lane without an owner. */
    public static final Registration NONE = new Registration(0, "", -1);

    public Registration {
        if (epoch < 0 || baseOffset < -1) {
            throw new IllegalArgumentException("epoch " + epoch + " with base offset " + baseOffset);
        }
    }

    Registration succeededBy(String nextStream, long nextBaseOffset) {
        return new Registration(epoch + 1, nextStream, nextBaseOffset);
    }
}
