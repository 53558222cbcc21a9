package io.catalogconnect.s3csv.record;

/** A cell is not of its column's type. Carries no stack, because files with many such cells are read at full speed. */
final class WrongCellException extends Exception {

    private static final long serialVersionUID = 1L;

    WrongCellException() {
        this("");
    }

    /** The reason is a clause, for a cell that looks correct. */
    WrongCellException(String reason) {
        super(reason, null, false, false);
    }

    /** The reason as it follows the name of the type; empty if the type says enough. */
    String reason() {
        String message = getMessage();
        return message == null || message.isEmpty() ? "" : ": " + message;
    }
}
