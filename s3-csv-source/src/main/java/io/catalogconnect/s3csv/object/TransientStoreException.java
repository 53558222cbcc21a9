package io.catalogconnect.s3csv.object;

import org.jspecify.annotations.Nullable;

/** A transient error: the store is overloaded or unavailable, or the connection broke. */
public class TransientStoreException extends StoreException {

    private static final long serialVersionUID = 1L;

    public TransientStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
