package io.catalogconnect.transforms.rule;

/**
 * The configured handling of a record for which a rule has no answer. Each plugin accepts some of these words.
 */
public enum Fallback {
    /** An exception. */
    FAIL,
    /** The record is kept. */
    KEEP,
    /** The record is dropped. */
    DROP,
    /** The rule does not match. */
    SKIP,
    /** The predicate is true. */
    TRUE,
    /** The predicate is false. */
    FALSE,
    /** The condition decides. */
    EVALUATE
}
