package io.catalogconnect.s3csv.object;

import org.jspecify.annotations.Nullable;

/** The host name of the store cannot be resolved: the region or endpoint is wrong, or the network is unavailable. */
public final class UnknownStoreHostException extends TransientStoreException {

    private static final long serialVersionUID = 1L;

    public UnknownStoreHostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
