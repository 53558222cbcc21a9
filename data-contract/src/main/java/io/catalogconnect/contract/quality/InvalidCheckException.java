package io.catalogconnect.contract.quality;

/** A quality check is not valid. The message is complete. */
final class InvalidCheckException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    InvalidCheckException(String problem) {
        super(problem);
        this.problem = problem;
    }

    @Override
    public String getMessage() {
        return problem;
    }
}
