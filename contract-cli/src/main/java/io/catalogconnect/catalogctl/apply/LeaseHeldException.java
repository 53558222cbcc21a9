package io.catalogconnect.catalogctl.apply;

/** Somebody else applies the contract. */
public final class LeaseHeldException extends Exception {
    private static final long serialVersionUID = 1L;

    LeaseHeldException(String message) {
        super(message);
    }
}
