package io.catalogconnect.bigquery.table;

import java.util.List;
import java.util.Locale;

/**
 * A column of a table.
 *
 * @param name as BigQuery has it; two names that differ in case only are one column
 * @param type of a value, or of one element where the mode is {@link Mode#REPEATED}
 * @param mode whether a value must, may, or may many times be there
 * @param fields of a STRUCT, in order; empty for every other type
 * @param description what a new column says of itself, empty for nothing
 */
public record Column(String name, ColumnType type, Mode mode, List<Column> fields, String description) {

    /** How many values a row has in a column. */
    public enum Mode {
        REQUIRED,
        NULLABLE,
        REPEATED
    }

    public Column {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        if ((type == ColumnType.STRUCT) == fields.isEmpty()) {
            throw new IllegalArgumentException(
                    "column " + name + " is a " + type + " with " + fields.size() + " fields");
        }
        fields = List.copyOf(fields);
    }

    /** A column that says nothing of itself. */
    public Column(String name, ColumnType type, Mode mode, List<Column> fields) {
        this(name, type, mode, fields, "");
    }

    /** A column of a scalar type. */
    public static Column of(String name, ColumnType type, Mode mode) {
        return new Column(name, type, mode, List.of());
    }

    /** Under what two columns are the same to BigQuery. */
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name + " " + type + (mode == Mode.NULLABLE ? "" : " " + mode);
    }
}
