package io.catalogconnect.s3csv.object;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A permanent error: a retry does not help. The message says how to correct it. */
public class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
