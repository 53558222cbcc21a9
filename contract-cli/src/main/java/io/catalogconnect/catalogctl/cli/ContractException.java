package io.catalogconnect.catalogctl.cli;

/** A contract cannot be used. The message is complete: the user sees it without a stack trace. */
final class ContractException extends Exception {
    private static final long serialVersionUID = 1L;

    ContractException(String message) {
        super(message);
    }
}
