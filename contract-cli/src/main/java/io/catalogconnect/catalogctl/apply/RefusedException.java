package io.catalogconnect.catalogctl.apply;

/** A command was refused before it changed anything. The message is complete: the user sees it without a stack trace. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
