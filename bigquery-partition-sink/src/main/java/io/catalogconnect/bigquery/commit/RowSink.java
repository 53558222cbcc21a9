package io.catalogconnect.bigquery.commit;

import java.util.OptionalLong;

/**
 * Where the rows of one lane go. Nothing here waits; all calls come from one thread. {@link #step} throws what must stop
 * the task: {@link FencedException}, {@link ServiceRefusedException}, or what {@link WriterEvents#refused} failed with.
 */
public interface RowSink extends AutoCloseable {

    /** Takes a row; offsets must grow, a row that is not above all before it is one that came again. */
    void accept(Row row, long now);

    /** Does what can be done now. */
    void step(long now);

    /** The lowest Kafka offset that was accepted and is not settled, empty when there is none. */
    OptionalLong firstUnsettled();

    /** Bytes of the rows that are not settled. */
    long unsettledBytes();

    /** Appends sent and not answered. */
    int requestsInFlight();

    /** Whether rows are being written now, rather than waiting for a take-over or for the service. */
    boolean isFlowing();

    /** Lets go at once and for good; what is not settled stays so. */
    @Override
    void close();
}
