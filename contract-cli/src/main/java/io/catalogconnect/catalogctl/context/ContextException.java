package io.catalogconnect.catalogctl.context;

/** A context cannot be used. The message is complete: the user sees it without a stack trace. */
public final class ContextException extends Exception {
    private static final long serialVersionUID = 1L;

    public ContextException(String message) {
        super(message);
    }
}
