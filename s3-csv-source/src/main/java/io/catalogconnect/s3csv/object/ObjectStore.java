package io.catalogconnect.s3csv.object;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bucket. Methods throw a {@link TransientStoreException} if the same call may succeed later, an {@link
 * ObjectChangedException} if the requested version does not exist any more, and another {@link StoreException} if a user must
 * correct something. Implementations do not retry and may be used by one thread at a time, unless they say more.
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

    /** Number of objects that {@link #expect} is told about; zero if it does nothing. */
    default int readAhead() {
        return 0;
    }

    /**
     * Tells which objects are opened from their start after an object, so that the store can open them early. They may be opened in another
     * order, or never.
     *
     * @param current the object that is opened next
     * @param next the objects after it, in order
     */
    default void expect(ObjectRef current, List<ObjectRef> next) {
        // A store that opens objects when they are read needs no notice.
    }

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
