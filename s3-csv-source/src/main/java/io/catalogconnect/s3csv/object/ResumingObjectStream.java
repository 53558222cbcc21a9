package io.catalogconnect.s3csv.object;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of one version of an object as if no connection ever broke: a stream that breaks, or ends before the object's size,
 * is opened again at the byte it broke at. Only when nothing comes for as many attempts as the policy has, reading throws a
 * {@link TransientStoreException}. For one thread.
 */
public final class ResumingObjectStream extends InputStream implements ContentEncoded {

    private static final Logger log = LoggerFactory.getLogger(ResumingObjectStream.class);

    private final ObjectStore store;
    private final ObjectRef object;
    private final Retries retries;
    private final Runnable onReopen;
    private @Nullable InputStream stream;
    private @Nullable String contentEncoding;
    private long position;
    private int failures;

    /**
     * Opens nothing yet.
     *
     * @param from where to begin, zero to the object's size
     * @param onReopen told each time a broken stream is opened again
     */
    public ResumingObjectStream(ObjectStore store, ObjectRef object, long from, Retries retries, Runnable onReopen) {
        this.store = store;
        this.object = object;
        this.retries = retries;
        this.onReopen = onReopen;
        this.position = from;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (position < object.size()) {
            try {
                InputStream open = stream;
                if (open == null) {
                    open = store.open(object, position);
                    stream = open;
                    contentEncoding = open instanceof ContentEncoded encoded ? encoded.contentEncoding() : null;
                }
                int count = open.read(target, offset, (int) Math.min(length, object.size() - position));
                if (count > 0) {
                    position += count;
                    failures = 0;
                    return count;
                }
                if (count < 0) {
                    broke(new TransientStoreException(
                            "The connection ended at byte " + position + " of " + object.size(), null));
                }
            } catch (InterruptedIOException e) {
                // A read that timed out is one of these as well, and is worth another try; an interrupt is not.
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                broke(e);
            } catch (TransientStoreException e) {
                broke(e);
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                broke(e);
            }
        }
        return -1;
    }

    private void broke(IOException failure) throws IOException {
        closeQuietly();
        failures++;
        retries.waitAfter("Reading " + object + " at byte " + position, failures, failure);
        onReopen.run();
    }

    private void closeQuietly() {
        InputStream open = stream;
        stream = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                log.debug("Closing a stream of {} failed", object, e);
            }
        }
    }

    @Override
    public @Nullable String contentEncoding() {
        return contentEncoding;
    }

    @Override
    public void close() {
        closeQuietly();
    }
}
