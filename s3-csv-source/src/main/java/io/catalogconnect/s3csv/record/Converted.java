package io.catalogconnect.s3csv.record;

import org.apache.kafka.connect.data.Struct;

/** What became of a row. */
public sealed interface Converted {

    /** A value that fits its schema. */
    record Good(Struct value) implements Converted {}

    /**
     * No value.
     *
     * @param column which one is wrong; empty when it is the row as a whole
     * @param problem what is wrong with it, as a phrase like {@code year_release is 'n/a', not an int64}
     */
    record Bad(String column, String problem) implements Converted {}
}
