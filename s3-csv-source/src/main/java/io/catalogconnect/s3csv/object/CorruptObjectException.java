package io.catalogconnect.s3csv.object;

/** An object's bytes cannot be decompressed. The rows before the damage were delivered. */
public final class CorruptObjectException extends StoreException {

    private static final long serialVersionUID = 1L;

    public CorruptObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
