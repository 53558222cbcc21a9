package io.catalogconnect.localbigquery.fault;

/** The errors that a fault can answer with, and their REST equivalents. */
public enum ErrorCode {
    UNAVAILABLE(503, "backendError"),
    ABORTED(409, "aborted"),
    INTERNAL(500, "internalError"),
    RESOURCE_EXHAUSTED(403, "rateLimitExceeded"),
    PERMISSION_DENIED(403, "accessDenied");

    private final int httpStatus;
    private final String reason;

    ErrorCode(int httpStatus, String reason) {
        this.httpStatus = httpStatus;
        this.reason = reason;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The {@code reason} of a REST error. */
    public String reason() {
        return reason;
    }
}
