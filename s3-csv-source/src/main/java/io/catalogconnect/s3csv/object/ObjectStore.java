package io.catalogconnect.s3csv.object;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bucket. Every method throws a {@link StoreException} of the kind that says what can be done about it: {@link
 * TransientStoreException} when the same call may work later, {@link ObjectChangedException} when the version asked for is
 * gone, {@link StoreException} itself when only a person can help. Implementations do not retry and may be used by one
 * thread at a time.
 */
public interface ObjectStore extends AutoCloseable {

    /**
     * One page of the objects whose keys begin with a prefix, in the order of their keys.
     *
     * @param continuation the previous page's, null for the first page
     */
    Page list(String prefix, @Nullable String continuation) throws StoreException;

    /**
     * The bytes of exactly this version, from a position on. A position at the end gives an empty stream. Reads throw plain
     * {@link IOException}s when the connection breaks.
     *
     * @param from zero to the object's size
     */
    InputStream open(ObjectRef object, long from) throws StoreException;

    @Override
    void close();

    /**
     * Some of the objects.
     *
     * @param next hand it to the next call of {@link ObjectStore#list}; null on the last page
     */
    record Page(List<ObjectRef> objects, @Nullable String next) {

        public Page {
            objects = List.copyOf(objects);
        }
    }
}
