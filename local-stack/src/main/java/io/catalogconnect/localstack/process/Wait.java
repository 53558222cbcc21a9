package io.catalogconnect.localstack.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks again and again until a time is over, with a short pause between two questions. For use by one thread. */
public final class Wait {
    private static final long PAUSE_MILLIS = 200;

    private final CountDownLatch never = new CountDownLatch(1);
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

    /** Lets the other side work a little. */
    public void pause() throws InterruptedException {
        if (never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody counts this latch down");
        }
    }
}
