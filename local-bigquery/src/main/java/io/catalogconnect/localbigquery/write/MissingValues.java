package io.catalogconnect.localbigquery.write;

import org.jspecify.annotations.Nullable;

/** What stands in for a value that a row does not have. */
@FunctionalInterface
interface MissingValues {
    /** Leaves null what is missing. */
    MissingValues AS_NULL = row -> {};

    /** Puts values in the place of nulls, and of empty lists. */
    void fill(@Nullable Object[] row);
}
