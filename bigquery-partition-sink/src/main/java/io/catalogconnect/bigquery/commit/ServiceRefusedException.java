package io.catalogconnect.bigquery.commit;

import org.jspecify.annotations.Nullable;

/** A call failed and a retry does not help; the message says what to do. */
public final class ServiceRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServiceRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
