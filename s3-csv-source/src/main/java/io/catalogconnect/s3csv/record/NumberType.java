package io.catalogconnect.s3csv.record;

import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * A number type whose cells are written in a declared notation.
 *
 * @param written the whole declaration, such as {@code decimal(10,2;de-DE)}
 * @param type the type of the number
 */
record NumberType(String written, ColumnType type, NumberNotation notation) implements ColumnType {

    @Override
    public SchemaBuilder schema() {
        return type.schema();
    }

    @Override
    public Object convert(String cell) throws WrongCellException {
        return type.convert(notation.plain(cell));
    }

    @Override
    public String hint(String cell) {
        return type.accepts(cell) ? "the type without a locale accepts it" : "";
    }

    @Override
    public String described() {
        return (written.startsWith("int") ? "an " : "a ") + written;
    }

    @Override
    public String toString() {
        return written;
    }
}
