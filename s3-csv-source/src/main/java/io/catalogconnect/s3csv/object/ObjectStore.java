package io.catalogconnect.s3csv.object;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bucket. Methods throw a {@link TransientStoreException} if the same call may succeed later, an {@link
 * ObjectChangedException} if the requested version does not exist any more, and another {@link StoreException} if a user must
 * correct something. Implementations do not retry and may be used by one thread at a time.
 */
public interface ObjectStore extends AutoCloseable {

    /**
     * One page of the objects whose keys start with a prefix, in the order of their keys.
     *
     * @param continuation the previous page's, null for the first page
     */
    Page list(String prefix, @Nullable String continuation) throws StoreException;

    /**
     * The bytes of exactly this version, from a position on. At the end of the object the stream is empty. Reads throw plain
     * {@link IOException}s when the connection breaks.
     *
     * @param from zero to the object's size
     */
    InputStream open(ObjectRef object, long from) throws StoreException;

    @Override
    void close();

    /**
     * A page of objects.
     *
     * @param next the continuation for the next call of {@link ObjectStore#list}; null on the last page
     */
    record Page(List<ObjectRef> objects, @Nullable String next) {

        public Page {
            objects = List.copyOf(objects);
        }
    }
}
