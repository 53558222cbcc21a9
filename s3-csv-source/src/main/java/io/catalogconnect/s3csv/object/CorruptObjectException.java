package io.catalogconnect.s3csv.object;

import org.jspecify.annotations.Nullable;

/** An object's bytes cannot be decompressed, or are of a kind that is not supported. */
public final class CorruptObjectException extends StoreException {

    private static final long serialVersionUID = 1L;

    public CorruptObjectException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
