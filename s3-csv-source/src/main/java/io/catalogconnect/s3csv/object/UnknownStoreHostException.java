package io.catalogconnect.s3csv.object;

import org.jspecify.annotations.Nullable;

/** No name service knows the store's host: a mistyped region or endpoint, or a network that is not well. */
public final class UnknownStoreHostException extends TransientStoreException {

    private static final long serialVersionUID = 1L;

    public UnknownStoreHostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
