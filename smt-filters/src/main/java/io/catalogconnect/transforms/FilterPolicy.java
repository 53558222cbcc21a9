package io.catalogconnect.transforms;

/** What a filter does with a record that its condition cannot decide. */
enum FilterPolicy {
    FAIL,
    KEEP,
    DROP
}
