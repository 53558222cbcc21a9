package io.catalogconnect.bigquery.convert;

import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an existing table or STRUCT, to whose types values are converted.
 *
 * @param columns the columns; empty if the table does not exist
 * @param integerTimes unit of integers in TIMESTAMP, DATETIME and TIME columns
 */
public record ExistingColumns(List<Column> columns, IntegerTimeUnit integerTimes) {

    /** No columns: each field gets the type of its schema. */
    public static final ExistingColumns NONE = new ExistingColumns(List.of(), IntegerTimeUnit.MILLIS);

    public ExistingColumns {
        columns = List.copyOf(columns);
    }

    Optional<Column> find(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return columns.stream().filter(column -> column.key().equals(key)).findFirst();
    }

    /**
     * The type of the values of a schema in a column; null if they are written as messages or lists. Without such a column, or if the
     * values cannot be converted to its type, it is the schema's own type.
     *
     * @param repeated whether the values are elements of an array
     * @throws ConversionException if a decimal has more digits than BigQuery permits
     */
    @Nullable
    ScalarType scalar(Schema schema, String column, boolean repeated) {
        ColumnType present = find(column)
                .filter(each -> (each.mode() == Column.Mode.REPEATED) == repeated)
                .map(Column::type)
                .orElse(ColumnType.UNKNOWN);
        return scalar(ScalarTypes.of(schema), schema, present);
    }

    /** The type of the values of an extra column. */
    ScalarType scalar(ScalarType own, String column) {
        return find(column)
                .filter(each -> each.mode() != Column.Mode.REPEATED)
                .flatMap(each -> TypeConversions.convert(own, each.type(), integerTimes))
                .orElse(own);
    }

    private @Nullable ScalarType scalar(@Nullable ScalarType own, Schema schema, ColumnType present) {
        if (own != null) {
            return own.column() == present
                    ? own
                    : TypeConversions.convert(own, present, integerTimes).orElse(own);
        }
        if (present == ColumnType.JSON) {
            return TypeConversions.converted(
                    schema.type().name(),
                    value -> value,
                    present,
                    (value, unit) -> JsonText.of(schema, value),
                    integerTimes);
        }
        if (present == ColumnType.GEOGRAPHY && GeographyText.isGeometry(schema)) {
            return TypeConversions.converted(
                    schema.name(),
                    value -> value,
                    present,
                    (value, unit) -> GeographyText.ofGeometry(value),
                    integerTimes);
        }
        return null;
    }

    /** The fields of a STRUCT column. */
    ExistingColumns fieldsOf(String name) {
        return new ExistingColumns(find(name).map(Column::fields).orElse(List.of()), integerTimes);
    }
}
