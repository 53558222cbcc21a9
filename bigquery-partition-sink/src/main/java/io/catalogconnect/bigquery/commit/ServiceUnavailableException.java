package io.catalogconnect.bigquery.commit;

import org.jspecify.annotations.Nullable;

/** A call failed; the same call may succeed later. */
public class ServiceUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServiceUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
