package io.catalogconnect.transforms;

/** What happens to a record that one rule of several cannot decide. */
enum RulePolicy {
    /** Stop with an error. */
    FAIL,
    /** The rule counts as one that does not match. */
    SKIP
}
