package io.catalogconnect.s3csv.read;

import org.jspecify.annotations.Nullable;

/**
 * Treatment of malformed rows, and how many of them make an object damaged. Immutable.
 *
 * @param limit maximum number of malformed rows in one object; negative for no limit
 * @param ratio maximum share of malformed rows in one object, from 0 to 1
 * @param ratioFrom number of the row from which the ratio applies; at the end of the object it applies in any case
 */
public record MalformedRowPolicy(Action action, long limit, double ratio, long ratioFrom) {

    /** Treatment of one malformed row. */
    public enum Action {
        /** Fails the task before the row. */
        FAIL,
        /** Leaves the row out and logs it. */
        SKIP,
        /** Sends the row to the topic for malformed rows. */
        TOPIC
    }

    /**
     * The reason why an object is damaged at a malformed row; null if it is not.
     *
     * @param rows number of rows up to this one, which is malformed
     * @param malformed number of malformed rows among them
     */
    @Nullable
    String tooMany(long rows, long malformed) {
        if (limit >= 0 && malformed > limit) {
            return "the object has more than " + limit + " malformed rows, the limit of bad.rows.max";
        }
        return rows >= ratioFrom && exceedsRatio(rows, malformed) ? share(rows, malformed) : null;
    }

    /** The reason why an object that was read to its end is damaged; null if it is not. */
    @Nullable
    String tooManyAtEnd(long rows, long malformed) {
        return exceedsRatio(rows, malformed) ? share(rows, malformed) : null;
    }

    private boolean exceedsRatio(long rows, long malformed) {
        return (double) malformed / rows > ratio;
    }

    private String share(long rows, long malformed) {
        return malformed + " of " + rows + " rows are malformed, more than bad.rows.max.ratio=" + ratio + " allows";
    }
}
