package io.catalogconnect.localbigquery.write;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Converts times to and from microseconds since 1970, the resolution of BigQuery. */
final class Micros {
    private Micros() {}

    static long of(Instant time) {
        // ChronoUnit.MICROS.between computes with nanoseconds, which overflow in the year 2262.
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
