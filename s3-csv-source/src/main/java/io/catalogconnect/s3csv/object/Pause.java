package io.catalogconnect.s3csv.object;

import java.time.Duration;

/** Lets time pass; tests count instead of waiting. */
@FunctionalInterface
public interface Pause {

    /** Returns when the time is over, or earlier when there is no reason left to wait. */
    void pause(Duration duration) throws InterruptedException;
}
