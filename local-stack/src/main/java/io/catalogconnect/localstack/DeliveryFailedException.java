package io.catalogconnect.localstack;

/** A connector or one of its tasks has failed; the message is the task's own. */
public final class DeliveryFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what failed and why. */
    public DeliveryFailedException(String message) {
        super(message);
    }
}
