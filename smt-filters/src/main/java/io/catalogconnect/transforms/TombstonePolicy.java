package io.catalogconnect.transforms;

/** What a filter does with a record without a value, when its condition asks for the value. */
enum TombstonePolicy {
    KEEP,
    DROP,
    FAIL,
    EVALUATE
}
