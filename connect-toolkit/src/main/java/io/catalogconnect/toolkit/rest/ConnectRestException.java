package io.catalogconnect.toolkit.rest;

/** Connect's REST API refused a request; the message is the worker's own. */
public final class ConnectRestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int UNREACHABLE = 0;

    private final int status;

    ConnectRestException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** No worker has answered. The message is complete. */
    static ConnectRestException unreachable(String message) {
        return new ConnectRestException(UNREACHABLE, message);
    }

    /** True if no worker has answered. The message says where. */
    public boolean isUnreachable() {
        return status == UNREACHABLE;
    }

    /** The HTTP status; 0 if no worker has answered. */
    public int status() {
        return status;
    }
}
