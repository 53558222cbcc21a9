package io.catalogconnect.s3csv.record;

import java.util.List;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What a row becomes: the columns, and the file's date as one more field. Immutable.
 *
 * @param fileDateColumn the name of the field with the file's date; null for none
 */
public record RowSchema(List<Column> columns, @Nullable String fileDateColumn, Schema schema) {

    public RowSchema {
        columns = List.copyOf(columns);
    }

    /**
     * Builds the schema.
     *
     * @param name the schema's name
     * @throws IllegalArgumentException when two fields have the same name
     */
    public static RowSchema of(String name, List<Column> columns, @Nullable String fileDateColumn) {
        SchemaBuilder builder = SchemaBuilder.struct().name(name);
        for (Column column : columns) {
            if (column.name().equals(fileDateColumn)) {
                throw new IllegalArgumentException("'" + fileDateColumn + "' is a column of the file as well");
            }
            SchemaBuilder type = column.type().schema();
            builder.field(column.name(), (column.nullable() ? type.optional() : type).build());
        }
        if (fileDateColumn != null) {
            builder.field(fileDateColumn, Date.SCHEMA);
        }
        return new RowSchema(columns, fileDateColumn, builder.build());
    }

    /** A nullable string for each name, as when no columns are declared. */
    public static RowSchema ofStrings(String name, List<String> names, @Nullable String fileDateColumn) {
        return of(
                name,
                names.stream()
                        .map(column -> new Column(column, SimpleType.STRING, true))
                        .toList(),
                fileDateColumn);
    }
}
