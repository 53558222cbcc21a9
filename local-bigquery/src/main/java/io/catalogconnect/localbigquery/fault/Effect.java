package io.catalogconnect.localbigquery.fault;

/** What happens to a call. */
public enum Effect {
    /** It is carried out, then the connection breaks before the answer: the caller cannot know. */
    DROP_ANSWER,
    /** The connection breaks before it is carried out. */
    DROP_REQUEST,
    /** It is not carried out and answered with an error; an append is answered in its stream, unless the error is UNAVAILABLE. */
    ERROR,
    /** It waits, then goes its normal way. */
    DELAY,
    /** It is not carried out and never answered; the connection stays open. */
    HANG,
    /** It is carried out and never answered; the connection stays open. For calls over REST. */
    HANG_ANSWER,
    /** The write stream it names is gone from now on; its rows stay. */
    LOSE_STREAM,
    /** Appended rows are acknowledged now and visible after a time. */
    LATE_VISIBILITY,
    /** The Write API goes on with the tables' schemas of this moment for a time, whatever happens to the tables. Needs no call. */
    SLOW_SCHEMA
}
