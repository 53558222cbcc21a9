package io.catalogconnect.transforms;

import org.apache.kafka.common.config.AbstractConfig;

/** What one rule of several does with a record without a value, when it asks for the value. */
enum Tombstones {
    /** The rule counts as one that does not match. */
    SKIP,
    /** The condition decides. */
    EVALUATE;

    static Tombstones of(AbstractConfig config) {
        return RuleKeys.choice(Tombstones.class, config.getString(RuleKeys.ON_TOMBSTONE));
    }
}
