package io.catalogconnect.bigquery.convert;

import io.catalogconnect.bigquery.table.ColumnNaming;
import io.catalogconnect.bigquery.table.ColumnType;

/**
 * Configuration of the conversion of fields to columns.
 *
 * @param integerTimes unit of integers in TIMESTAMP, DATETIME and TIME columns
 * @param variableDecimals type of the column of a VariableScaleDecimal: NUMERIC, BIGNUMERIC or STRING
 * @param naming conversion of names
 * @param widens whether an existing column is changed to a wider type instead of converting values to its own type
 */
public record ConversionRules(
        IntegerTimeUnit integerTimes, ColumnType variableDecimals, ColumnNaming naming, boolean widens) {

    /** The rules of a connector that sets no key. */
    public static final ConversionRules DEFAULT =
            new ConversionRules(IntegerTimeUnit.MILLIS, ColumnType.BIGNUMERIC, ColumnNaming.ASCII, false);

    /** The rules for the fields of a STRUCT column, whose types BigQuery does not change alone. */
    ConversionRules withoutWidening() {
        return new ConversionRules(integerTimes, variableDecimals, naming, false);
    }
}
