package io.catalogconnect.localbigquery.store;

/** The store refuses a request for a reason that BigQuery defines. Clients see the message. Each protocol translates the reason to its codes. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reason. */
    public enum Reason {
        /** REST 404 {@code notFound}. */
        NOT_FOUND,
        /** REST 409 {@code duplicate}. */
        DUPLICATE,
        /** REST 400 {@code invalid}. */
        INVALID,
        /** REST 400 {@code resourceInUse}. */
        IN_USE
    }

    private final Reason reason;

    public StoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static StoreException notFound(String resource) {
        return new StoreException(Reason.NOT_FOUND, "Not found: " + resource);
    }

    static StoreException duplicate(String resource) {
        return new StoreException(Reason.DUPLICATE, "Already Exists: " + resource);
    }

    public static StoreException invalid(String message) {
        return new StoreException(Reason.INVALID, message);
    }

    public Reason reason() {
        return reason;
    }
}
