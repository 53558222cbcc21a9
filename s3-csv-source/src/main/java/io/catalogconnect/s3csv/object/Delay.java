package io.catalogconnect.s3csv.object;

import java.time.Duration;

/** Waits between two attempts. Tests count instead of waiting. */
@FunctionalInterface
public interface Delay {

    /** Returns after the duration, or earlier if the task is stopping. */
    void await(Duration duration) throws InterruptedException;
}
