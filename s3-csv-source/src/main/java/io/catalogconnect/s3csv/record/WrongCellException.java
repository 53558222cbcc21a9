package io.catalogconnect.s3csv.record;

/** A cell is not of its column's type. Carries no stack, because files with many such cells are read at full speed. */
final class WrongCellException extends Exception {

    private static final long serialVersionUID = 1L;

    WrongCellException() {
        super("", null, false, false);
    }
}
