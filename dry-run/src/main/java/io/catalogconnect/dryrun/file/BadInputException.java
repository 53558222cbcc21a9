package io.catalogconnect.dryrun.file;

/** A file, a configuration or a rule cannot be used. The message is complete: the user sees it without a stack trace. */
public final class BadInputException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadInputException(String message) {
        super(message);
    }
}
