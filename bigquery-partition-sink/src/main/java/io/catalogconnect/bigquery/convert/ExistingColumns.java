package io.catalogconnect.bigquery.convert;

import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an existing table or STRUCT, to whose types values are converted.
 *
 * @param columns the columns; empty if the table does not exist
 * @param rules configuration of the conversion
 */
public record ExistingColumns(List<Column> columns, ConversionRules rules) {

    /** No columns: each field gets the type of its schema. */
    public static final ExistingColumns NONE = new ExistingColumns(List.of(), ConversionRules.DEFAULT);

    public ExistingColumns {
        columns = List.copyOf(columns);
    }

    /** The column of a field. */
    String columnFor(String field) {
        return rules.naming().columnFor(field);
    }

    /** The fields of a STRUCT column. */
    ExistingColumns fieldsOf(String name) {
        return new ExistingColumns(find(name).map(Column::fields).orElse(List.of()), rules.withoutWidening());
    }

    /**
     * The type of the values of a schema in a column; null if they are written as messages or lists. Without such a column, or if the
     * values cannot be converted to its type, it is the schema's own type.
     *
     * @param repeated whether the values are elements of an array
     * @throws ConversionException if a decimal has more digits than BigQuery permits
     */
    @Nullable
    ScalarType scalar(Schema schema, String name, boolean repeated) {
        Column present = find(name)
                .filter(column -> (column.mode() == Column.Mode.REPEATED) == repeated)
                .orElse(null);
        if (VariableDecimal.is(schema)) {
            return variableDecimal(present);
        }
        ScalarType own = ScalarTypes.of(schema);
        if (own != null) {
            return scalar(own, present);
        }
        if (present != null && present.type() == ColumnType.JSON) {
            return TypeConversions.converted(
                    schema.type().name(), value -> value, present.type(), value -> JsonText.of(schema, value));
        }
        if (present != null && present.type() == ColumnType.GEOGRAPHY && GeographyText.isGeometry(schema)) {
            return TypeConversions.converted(schema.name(), value -> value, present.type(), GeographyText::ofGeometry);
        }
        return null;
    }

    /** The type of a column, or empty if there is no such column. */
    public Optional<ColumnType> typeOf(String name) {
        return find(name)
                .filter(column -> column.mode() != Column.Mode.REPEATED)
                .map(Column::type);
    }

    /** The type of the values of an extra column. */
    ScalarType scalar(ScalarType own, String name) {
        return scalar(
                own,
                find(name)
                        .filter(column -> column.mode() != Column.Mode.REPEATED)
                        .orElse(null));
    }

    private @Nullable ScalarType variableDecimal(@Nullable Column present) {
        if (present != null && present.type() == ColumnType.STRUCT) {
            return null;
        }
        ScalarType written = scalar(variableDecimal(ColumnType.BIGNUMERIC), present);
        return present != null && written.column() == present.type()
                ? written
                : variableDecimal(rules.variableDecimals());
    }

    private static ScalarType variableDecimal(ColumnType column) {
        return TypeConversions.converted(
                VariableDecimal.NAME,
                VariableDecimal::read,
                column,
                number -> column == ColumnType.STRING ? ((BigDecimal) number).toPlainString() : number);
    }

    private ScalarType scalar(ScalarType own, @Nullable Column present) {
        if (present == null || (rules.widens() && isWidened(present, own))) {
            return own;
        }
        ScalarType written = own.column() == present.type()
                ? own
                : TypeConversions.convert(own, present.type(), rules.integerTimes())
                        .orElse(own);
        return written.column() == present.type() ? written.within(present.digits()) : written;
    }

    private static boolean isWidened(Column present, ScalarType own) {
        return present.mode() != Column.Mode.REPEATED && present.type().isWidenedTo(own.column());
    }

    private Optional<Column> find(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return columns.stream().filter(column -> column.key().equals(key)).findFirst();
    }
}
