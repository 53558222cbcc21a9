package io.catalogconnect.localstack.dryrun;

/** The dry run could not read a file, or a rule or a configuration is invalid; the message says which, and why. */
public final class DryRunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what failed and why. */
    public DryRunFailedException(String message) {
        super(message);
    }
}
