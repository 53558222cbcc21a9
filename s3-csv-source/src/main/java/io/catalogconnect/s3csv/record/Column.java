package io.catalogconnect.s3csv.record;

/**
 * A declared column.
 *
 * @param name in the header and in the record
 * @param nullable true when an empty cell is null
 */
public record Column(String name, ColumnType type, boolean nullable) {

    public Column {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A column has no name");
        }
    }

    @Override
    public String toString() {
        boolean quoted = name.matches(".*[,:\"()].*");
        return (quoted ? '"' + name.replace("\"", "\"\"") + '"' : name) + ":" + type + (nullable ? "?" : "");
    }
}
