package io.catalogconnect.s3csv.object;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The store refused, and asking again will not help: the message says what a person has to do. */
public class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
