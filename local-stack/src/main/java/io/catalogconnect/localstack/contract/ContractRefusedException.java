package io.catalogconnect.localstack.contract;

/** A contract has errors, or cannot be applied to the local stack. The message says all that a user needs. */
public final class ContractRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContractRefusedException(String message) {
        super(message);
    }
}
