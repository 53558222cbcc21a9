package io.catalogconnect.s3csv.record;

import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The result of converting a row: a value, or the reason why the row is malformed. Immutable.
 *
 * @param value null if the row is malformed
 * @param column the malformed column; empty if the row is malformed as a whole, and for a value
 * @param reason why the row is malformed, such as {@code year_release is a text of 3 characters, not an int64}; empty for a value
 */
public record RowResult(@Nullable Struct value, String column, String reason) {

    /** A converted row. */
    public static RowResult of(Struct value) {
        return new RowResult(value, "", "");
    }

    /** A malformed row. */
    public static RowResult malformed(String column, String reason) {
        return new RowResult(null, column, reason);
    }

    /** The same malformed row with its position in front of the reason. */
    public RowResult at(String position) {
        return new RowResult(value, column, position + reason);
    }

    public boolean isMalformed() {
        return value == null;
    }
}
