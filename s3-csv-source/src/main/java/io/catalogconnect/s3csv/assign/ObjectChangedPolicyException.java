package io.catalogconnect.s3csv.assign;

/** An object changed, and {@code object.changed=fail}. */
public final class ObjectChangedPolicyException extends Exception {

    private static final long serialVersionUID = 1L;

    public ObjectChangedPolicyException(String message) {
        super(message);
    }
}
