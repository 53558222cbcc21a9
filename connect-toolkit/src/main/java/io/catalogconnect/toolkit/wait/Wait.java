package io.catalogconnect.toolkit.wait;

import java.time.Duration;

/** Polls another process until a time limit, with a pause between two questions. For use by one thread. */
public final class Wait {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final long end;

    private Wait(long end) {
        this.end = end;
    }

    /** A wait that is over after {@code duration} from now. */
    public static Wait upTo(Duration duration) {
        return new Wait(System.nanoTime() + duration.toNanos());
    }

    /** Whether the time is over. */
    public boolean isOver() {
        return System.nanoTime() - end > 0;
    }

    /** Pauses before the next question. Another process has no condition that this one could wait for. */
    public void pause() throws InterruptedException {
        Thread.sleep(PAUSE.toMillis());
    }
}
