package io.catalogconnect.benchmarks.pipeline;

/** How it is seen that records are through a sink. */
interface Acknowledgements {
    /**
     * Starts a new count.
     *
     * @throws IllegalStateException if more records have come than were awaited last
     */
    void reset();

    /**
     * Waits until the given number of records is through the sink.
     *
     * @return when the last of them was, as {@link System#nanoTime()} has it
     * @throws IllegalStateException if that cannot happen any more, or takes three minutes
     */
    long await(long records) throws Exception;
}
