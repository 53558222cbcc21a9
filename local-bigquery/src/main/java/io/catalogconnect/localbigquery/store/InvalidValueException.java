package io.catalogconnect.localbigquery.store;

/** A text is not a value of the type of its column. The message names the text and the type. */
public final class InvalidValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
