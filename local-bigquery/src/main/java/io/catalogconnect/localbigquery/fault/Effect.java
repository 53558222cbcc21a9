package io.catalogconnect.localbigquery.fault;

/** The effect of a fault rule on a call. */
public enum Effect {
    /** Carries out the call and breaks the connection before the answer, so that the caller does not know the outcome. */
    DROP_ANSWER,
    /** Breaks the connection before the call is carried out. */
    DROP_REQUEST,
    /** Answers with an error and does not carry out the call. An append is answered in its response stream, unless the error ends the call. */
    ERROR,
    /** Delays the call, then carries it out and answers normally. */
    DELAY,
    /** Does not carry out the call and never answers. The connection stays open. */
    HANG,
    /** Carries out the call and never answers. The connection stays open. For REST calls only. */
    HANG_ANSWER,
    /** Removes the write stream that the call names. Its visible rows stay. */
    LOSE_STREAM,
    /** Acknowledges appended rows immediately and makes them visible later. */
    LATE_VISIBILITY,
    /** Freezes the table schemas that the Write API uses for a time. Starts immediately, without a call. */
    SLOW_SCHEMA
}
