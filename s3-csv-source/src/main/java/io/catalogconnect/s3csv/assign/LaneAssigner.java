package io.catalogconnect.s3csv.assign;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Assigns objects to tasks without coordination: a key permanently belongs to one of a fixed number of lanes, and each task has
 * a share of the lanes. A new object does not change any share, so it never causes a rebalance. Immutable.
 *
 * @param tasks number of tasks
 * @param task number of this task, from zero
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
