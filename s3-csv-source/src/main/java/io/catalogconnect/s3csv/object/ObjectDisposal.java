package io.catalogconnect.s3csv.object;

/** Puts objects away that nobody needs to read again. Implementations do not retry and may be used by one thread at a time. */
public interface ObjectDisposal extends AutoCloseable {

    /**
     * Puts exactly this version away. To do it again is no harm.
     *
     * @return false when that was left undone for good: the version is gone, or it is too large
     * @throws StoreException when the store refuses or does not answer; the object is still there then
     */
    boolean dispose(ObjectRef object) throws StoreException;

    @Override
    void close();
}
