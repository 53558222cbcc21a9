package io.catalogconnect.localbigquery.store;

/** A text is not a value of a column's type. The message says which text and which type. */
public final class InvalidValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
