package io.catalogconnect.bigquery.commit;

import org.jspecify.annotations.Nullable;

/** The service will not do it, however often it is asked; the message says what to do. */
public final class ServiceRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServiceRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
