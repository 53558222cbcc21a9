package io.catalogconnect.transforms.condition;

import java.util.Objects;

/**
 * What a condition says about one record. Immutable.
 *
 * @param kind the result, or the reason why there is no result
 * @param detail for a record that has no answer: what stands in the way, in words; never a value of the record; empty for an
 *     answer
 */
public record Verdict(Kind kind, String detail) {
    /** The condition is true. */
    public static final Verdict MATCH = new Verdict(Kind.MATCH, "");
    /** The condition is false. */
    public static final Verdict NO_MATCH = new Verdict(Kind.NO_MATCH, "");

    /** The kinds of answer. */
    public enum Kind {
        /** True. */
        MATCH,
        /** False. */
        NO_MATCH,
        /** The condition asks for the value of a field, and the record has null there. */
        NULL,
        /** The condition asks for a field that the record does not have. */
        MISSING,
        /** The condition cannot be computed for this record, for example because a text is compared with a number. */
        ERROR
    }

    public Verdict {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }

    static Verdict of(boolean match) {
        return match ? MATCH : NO_MATCH;
    }
}
