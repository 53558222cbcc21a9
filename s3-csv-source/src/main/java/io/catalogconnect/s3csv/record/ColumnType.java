package io.catalogconnect.s3csv.record;

import org.apache.kafka.connect.data.SchemaBuilder;

/** The type of a column. Implementations are immutable; {@code toString} is how the type is written in {@code columns}. */
public interface ColumnType {

    /** A new builder of the Connect schema, required until made optional. */
    SchemaBuilder schema();

    /**
     * The Connect value of a cell.
     *
     * @throws WrongCellException when the cell is not of this type
     */
    Object convert(String cell) throws WrongCellException;

    /** True if a cell is of this type. */
    default boolean accepts(String cell) {
        try {
            convert(cell);
            return true;
        } catch (WrongCellException e) {
            return false;
        }
    }

    /**
     * What probably helps if a cell is not of this type, as a clause that names another declaration or a setting; empty if
     * nothing comes to mind. The clause does not contain the cell.
     */
    default String hint(String cell) {
        return "";
    }

    /** The type with its article, for messages: {@code an int64}. */
    String described();
}
