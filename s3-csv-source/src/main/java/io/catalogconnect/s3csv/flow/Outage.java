package io.catalogconnect.s3csv.flow;

import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Limits how long S3 may be unavailable before the task fails. For one thread. */
final class Outage {

    private final @Nullable Duration limit;
    private final Clock clock;
    private @Nullable Long since;

    /** Starts without an outage; a null limit means none. */
    Outage(@Nullable Duration limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** A read succeeded. */
    void end() {
        since = null;
    }

    /** The exception to throw: one that makes the worker poll again, or one that fails the task after the limit. */
    ConnectException failure(Exception cause) {
        long now = clock.millis();
        Long start = since;
        if (start == null) {
            start = now;
            since = start;
        }
        if (limit != null && now - start >= limit.toMillis()) {
            return new ConnectException(
                    cause.getMessage() + ". S3 has been unavailable for " + (now - start)
                            + " ms, longer than s3.outage.max.ms allows. Restart the connector when S3 is available"
                            + " again: it resumes where it stopped",
                    cause);
        }
        return new RetriableException(cause.getMessage(), cause);
    }
}
