package io.catalogconnect.bigquery.convert;

/** Unit of integers that are written to TIMESTAMP, DATETIME and TIME columns. */
public enum IntegerTimeUnit {
    MILLIS(1_000),
    MICROS(1);

    private final long micros;

    IntegerTimeUnit(long micros) {
        this.micros = micros;
    }

    /**
     * The number in microseconds.
     *
     * @throws ArithmeticException if it is not a long
     */
    long toMicros(long number) {
        return Math.multiplyExact(number, micros);
    }
}
