package io.catalogconnect.s3csv.assign;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Deals objects to tasks without any talk between them: a key has one of a fixed number of lanes for ever, and a task has the
 * lanes that fall to it. A new object changes nobody's share, so it never causes a rebalance. Immutable.
 *
 * @param tasks how many there are
 * @param task which one this is, from zero
 */
public record LaneAssigner(int tasks, int task) {

    /** Fixed, because stored progress names lanes. */
    public static final int LANES = 64;

    public LaneAssigner {
        if (tasks < 1 || tasks > LANES || task < 0 || task >= tasks) {
            throw new IllegalArgumentException("task " + task + " of " + tasks + ": want 1 to " + LANES + " tasks");
        }
    }

    /** The lane of a key, 0 to {@value #LANES} - 1. */
    public static int lane(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % LANES);
    }

    /** True when this task reads the object with that key. */
    public boolean owns(String key) {
        return lane(key) % tasks == task;
    }
}
