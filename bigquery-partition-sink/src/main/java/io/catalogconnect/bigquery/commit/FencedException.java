package io.catalogconnect.bigquery.commit;

/** Another task has taken the lane over; this one must not write to it again. */
public final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FencedException(LaneKey lane, Registration current) {
        super(lane + ": fenced by a newer task, which writes stream " + current.stream() + " in epoch "
                + current.epoch()
                + ". Nothing is lost or doubled; restart this task if it is the one that should run.");
    }
}
