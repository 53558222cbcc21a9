package io.catalogconnect.catalogctl.live;

import org.jspecify.annotations.Nullable;

/** A service refused a request or does not answer. The message is complete: the user sees it without a stack trace. */
public final class LiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LiveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
