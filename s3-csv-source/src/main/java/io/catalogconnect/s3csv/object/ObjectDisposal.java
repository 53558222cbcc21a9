package io.catalogconnect.s3csv.object;

/** Cleans up completed objects. Implementations do not retry and may be used by one thread at a time. */
public interface ObjectDisposal extends AutoCloseable {

    /**
     * Cleans up exactly this version. Repeating it has no effect.
     *
     * @return false if this version cannot be cleaned up: it does not exist any more, or it is too large
     * @throws StoreException if the request fails; the object is unchanged then
     */
    boolean dispose(ObjectRef object) throws StoreException;

    @Override
    void close();
}
