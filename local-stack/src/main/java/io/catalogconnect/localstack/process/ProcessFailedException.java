package io.catalogconnect.localstack.process;

/** A process of the stack did not start, or ended when it should not have; the message names its log. */
public final class ProcessFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what happened, and where to look. */
    public ProcessFailedException(String message) {
        super(message);
    }
}
