package io.catalogconnect.bigquery.convert;

import io.catalogconnect.bigquery.table.ColumnType;
import java.util.EnumSet;
import java.util.Set;

/**
 * A nullable column whose value is a header or the record's timestamp.
 *
 * @param name the column's name
 * @param type STRING (from a String), INT64 (Long), FLOAT64 (Double), BOOL (Boolean), DATE (Long, days since 1970) or
 *     TIMESTAMP (Long, microseconds since 1970)
 */
public record ExtraColumn(String name, ColumnType type) {

    /** The types an extra column may have. */
    public static final Set<ColumnType> TYPES = EnumSet.of(
            ColumnType.STRING,
            ColumnType.INT64,
            ColumnType.FLOAT64,
            ColumnType.BOOL,
            ColumnType.DATE,
            ColumnType.TIMESTAMP);

    public ExtraColumn {
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("An extra column cannot be of type " + type);
        }
    }
}
