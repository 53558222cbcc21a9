package io.catalogconnect.s3csv.record;

/** An object is damaged as a whole, for example because its header lacks a column. */
public final class DamagedObjectException extends Exception {

    private static final long serialVersionUID = 1L;

    public DamagedObjectException(String message) {
        super(message);
    }
}
