package io.catalogconnect.bigquery.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A column of a table.
 *
 * @param name name in BigQuery; two names that differ only in case denote the same column
 * @param type type of a value, or of one element if the mode is {@link Mode#REPEATED}
 * @param mode number of values in a row
 * @param fields fields of a STRUCT, in order; empty for every other type
 * @param description description of a new column; empty for no description
 * @param policyTag resource name of the policy tag; an empty name for no tag, and an empty optional if it is not known or not to
 *     be changed
 * @param digits declared digits of a NUMERIC or BIGNUMERIC; empty for as many as the type has
 */
public record Column(
        String name,
        ColumnType type,
        Mode mode,
        List<Column> fields,
        String description,
        Optional<String> policyTag,
        Optional<Digits> digits) {

    /** Number of values that a row has in a column. */
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

    /** A column without a description. */
    public Column(String name, ColumnType type, Mode mode, List<Column> fields) {
        this(name, type, mode, fields, "", Optional.empty(), Optional.empty());
    }

    /** A column of a scalar type. */
    public static Column of(String name, ColumnType type, Mode mode) {
        return new Column(name, type, mode, List.of());
    }

    /** The same column with another number of values. */
    public Column withMode(Mode changed) {
        return new Column(name, type, changed, fields, description, policyTag, digits);
    }

    /** The same column with other fields. */
    public Column withFields(List<Column> changed) {
        return new Column(name, type, mode, changed, description, policyTag, digits);
    }

    /** The same column with another description. */
    public Column withDescription(String changed) {
        return new Column(name, type, mode, fields, changed, policyTag, digits);
    }

    /** The same column with another policy tag. */
    public Column withPolicyTag(Optional<String> changed) {
        return new Column(name, type, mode, fields, description, changed, digits);
    }

    /** The same column with declared digits. */
    public Column withDigits(Optional<Digits> changed) {
        return new Column(name, type, mode, fields, description, policyTag, changed);
    }

    /** The same column with another type, which has no declared digits. */
    public Column withType(ColumnType changed) {
        return new Column(name, changed, mode, fields, description, policyTag, Optional.empty());
    }

    /** Key by which BigQuery compares column names: the name in lower case. */
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name + " " + type + (mode == Mode.NULLABLE ? "" : " " + mode);
    }
}
