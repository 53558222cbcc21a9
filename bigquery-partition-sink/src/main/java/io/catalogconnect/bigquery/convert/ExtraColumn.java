package io.catalogconnect.bigquery.convert;

import io.catalogconnect.bigquery.table.ColumnType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;

/**
 * A column whose value is not in the record's value: a header, the record's timestamp or a field of the record key.
 *
 * @param name the column's name
 * @param type without a schema: STRING (from a String), INT64 (Long), FLOAT64 (Double), BOOL (Boolean), DATE (Long, days since
 *     1970) or TIMESTAMP (Long, microseconds since 1970)
 * @param schema schema of the values; empty for the Java types above
 * @param isStored false for a pseudo column, which is written and is not a column of the table
 */
public record ExtraColumn(String name, ColumnType type, Optional<Schema> schema, boolean isStored) {

    /** The types an extra column without a schema may have. */
    public static final Set<ColumnType> TYPES = EnumSet.of(
            ColumnType.STRING,
            ColumnType.INT64,
            ColumnType.FLOAT64,
            ColumnType.BOOL,
            ColumnType.DATE,
            ColumnType.TIMESTAMP);

    public ExtraColumn {
        if (schema.isEmpty() && !TYPES.contains(type)) {
            throw new IllegalArgumentException("An extra column cannot be of type " + type);
        }
    }

    public ExtraColumn(String name, ColumnType type) {
        this(name, type, Optional.empty(), true);
    }

    /**
     * A column of values of a schema.
     *
     * @throws ConversionException if the schema is not scalar
     */
    public static ExtraColumn of(String name, Schema schema) {
        ScalarType type = ScalarTypes.of(schema);
        if (type == null) {
            throw new ConversionException("column '" + name + "' would be of type " + schema.type());
        }
        return new ExtraColumn(name, type.column(), Optional.of(schema), true);
    }

    /** A text pseudo column. */
    public static ExtraColumn pseudo(String name) {
        return new ExtraColumn(name, ColumnType.STRING, Optional.empty(), false);
    }

    /** The type of the values in a table with these columns. */
    ScalarType scalar(ExistingColumns existing) {
        ScalarType known = schema.isPresent() ? ScalarTypes.of(schema.get()) : null;
        return existing.scalar(known == null ? ScalarTypes.of(type) : known, name);
    }
}
