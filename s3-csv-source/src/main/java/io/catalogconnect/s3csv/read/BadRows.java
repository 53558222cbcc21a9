package io.catalogconnect.s3csv.read;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of bad rows, and how many make an object bad.
 *
 * @param limit so many bad rows in one object are allowed, more make the object bad; negative for no limit
 * @param ratio so much of an object's rows may be bad, from 0 to 1; more makes the object bad
 * @param ratioFrom from which row on the ratio counts; at the object's end it counts in any case
 */
public record BadRows(Action action, long limit, double ratio, long ratioFrom) {

    /** One bad row. */
    public enum Action {
        /** Stops the task in front of it. */
        FAIL,
        /** Is logged and passed over. */
        SKIP,
        /** Becomes a record on the rejects topic. */
        TOPIC
    }

    /**
     * Why an object is bad with this bad row; null when it is not.
     *
     * @param rows up to this one, which is bad
     * @param badRows of these
     */
    @Nullable
    String tooMany(long rows, long badRows) {
        if (limit >= 0 && badRows > limit) {
            return "and this is more than the " + limit + " bad rows that bad.rows.max allows in one object";
        }
        return rows >= ratioFrom && exceedsRatio(rows, badRows) ? "and with it " + share(rows, badRows) : null;
    }

    /** Why an object is bad that has been read to its end; null when it is not. */
    @Nullable
    String tooManyInAll(long rows, long badRows) {
        return exceedsRatio(rows, badRows) ? share(rows, badRows) : null;
    }

    private boolean exceedsRatio(long rows, long badRows) {
        return (double) badRows / rows > ratio;
    }

    private String share(long rows, long badRows) {
        return badRows + " of " + rows + " rows are bad, more than bad.rows.max.ratio=" + ratio + " allows";
    }
}
