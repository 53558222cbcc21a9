package io.catalogconnect.bigquery.commit;

import java.util.EnumSet;
import java.util.Set;

/** Phase of a {@link PartitionWriter}, and the phases that may follow it. */
enum WriterPhase {
    /** The lane belongs to another owner, or to none. */
    UNOWNED {
        @Override
        Set<WriterPhase> next() {
            return EnumSet.of(TAKING_OVER, STOPPED);
        }
    },
    /** A take-over attempt is running. */
    TAKING_OVER {
        @Override
        Set<WriterPhase> next() {
            return EnumSet.of(WRITING, UNOWNED, STOPPED);
        }
    },
    /** Appends are sent, and answers are settled in order. */
    WRITING {
        @Override
        Set<WriterPhase> next() {
            return EnumSet.of(DRAINING, REPORTING, STOPPED);
        }
    },
    /** An append failed; the writer waits until every append is answered or overdue. */
    DRAINING {
        @Override
        Set<WriterPhase> next() {
            return EnumSet.of(WRITING, RESENDING, REPORTING, UNOWNED, STOPPED);
        }
    },
    /** The same appends are sent again, at the same stream offsets, after a delay. */
    RESENDING {
        @Override
        Set<WriterPhase> next() {
            return EnumSet.of(WRITING, UNOWNED, STOPPED);
        }
    },
    /** Refused rows are being reported. */
    REPORTING {
        @Override
        Set<WriterPhase> next() {
            return EnumSet.of(WRITING, STOPPED);
        }
    },
    /** Closed, fenced or failed: nothing is written any more. */
    STOPPED {
        @Override
        Set<WriterPhase> next() {
            return EnumSet.noneOf(WriterPhase.class);
        }
    };

    /** Whether the lane belongs to this writer. */
    boolean isOwned() {
        return switch (this) {
            case WRITING, DRAINING, RESENDING, REPORTING -> true;
            case UNOWNED, TAKING_OVER, STOPPED -> false;
        };
    }

    /** The phases that may follow this one. */
    abstract Set<WriterPhase> next();

    /**
     * Moves to the next phase.
     *
     * @throws IllegalStateException if it may not follow this one
     */
    WriterPhase to(WriterPhase following) {
        if (!next().contains(following)) {
            throw new IllegalStateException("A writer cannot go from " + this + " to " + following + ".");
        }
        return following;
    }
}
