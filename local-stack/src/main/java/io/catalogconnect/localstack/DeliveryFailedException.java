package io.catalogconnect.localstack;

/** What was delivered has not arrived: a connector, a task or a process has failed; the message says which, and why. */
public final class DeliveryFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what failed and why. */
    public DeliveryFailedException(String message) {
        super(message);
    }
}
