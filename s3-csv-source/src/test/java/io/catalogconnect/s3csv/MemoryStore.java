package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.catalogconnect.s3csv.object.ContentEncoded;
import io.catalogconnect.s3csv.object.ObjectChangedException;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.TransientStoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bucket in memory that lists in pages, checks versions and fails as told. */
public final class MemoryStore implements ObjectStore {

    public static final String BUCKET = "catalog";

    private final TreeMap<String, Stored> objects = new TreeMap<>();
    private final int pageSize;
    private int version;
    private int failuresLeft;
    private int cutAfter = Integer.MAX_VALUE;
    private @Nullable StoreException refusal;
    private @Nullable Runnable onOpen;
    private @Nullable String contentEncoding;
    private final Set<String> unreadable = new HashSet<>();

    /** How many times the bucket was listed, page by page. */
    public final List<String> listings = new ArrayList<>();

    /** Every opening, as key and first byte. */
    public final List<String> openings = new ArrayList<>();

    public boolean closed;

    private record Stored(ObjectRef ref, String bytesAsLatin1) {
        byte[] bytes() {
            return bytesAsLatin1.getBytes(ISO_8859_1);
        }
    }

    public MemoryStore() {
        this(1000);
    }

    public MemoryStore(int pageSize) {
        this.pageSize = pageSize;
    }

    public ObjectRef put(String key, String text) {
        return put(key, text.getBytes(UTF_8), Instant.parse("2026-01-02T03:04:05Z"));
    }

    public ObjectRef put(String key, byte[] bytes, Instant lastModified) {
        version++;
        ObjectRef ref = new ObjectRef(BUCKET, key, "etag" + version, bytes.length, lastModified);
        objects.put(key, new Stored(ref, new String(bytes, ISO_8859_1)));
        return ref;
    }

    public void delete(String key) {
        objects.remove(key);
    }

    /** The key stays in listings although the store answers that it does not exist, as with a stale index. */
    public void keepListed(String key) {
        unreadable.add(key);
    }

    /** The key can be read again. */
    public void repair(String key) {
        unreadable.remove(key);
    }

    /** Number of failures of {@link #failNext} that have not happened yet. */
    public int failuresLeft() {
        return failuresLeft;
    }

    /** The next calls fail with a transient error. */
    public void failNext(int calls) {
        failuresLeft = calls;
    }

    /** Every stream breaks after this number of bytes. */
    public void cutAfter(int bytes) {
        cutAfter = bytes;
    }

    /** Every call is refused for good. */
    public void refuse(@Nullable StoreException refusal) {
        this.refusal = refusal;
    }

    /** Every object is stored with this content encoding. */
    public void contentEncoding(@Nullable String encoding) {
        contentEncoding = encoding;
    }

    /** Runs before each opening. */
    public void onOpen(@Nullable Runnable action) {
        onOpen = action;
    }

    private void failIfTold() throws StoreException {
        if (failuresLeft > 0) {
            failuresLeft--;
            throw new TransientStoreException("503 Slow Down", null);
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public Page list(String prefix, @Nullable String continuation) throws StoreException {
        failIfTold();
        listings.add(prefix);
        List<ObjectRef> page = new ArrayList<>();
        String last = null;
        for (Stored stored : objects.tailMap(continuation == null ? "" : continuation, continuation == null)
                .values()) {
            if (stored.ref().key().startsWith(prefix)) {
                if (page.size() == pageSize) {
                    return new Page(page, last);
                }
                page.add(stored.ref());
                last = stored.ref().key();
            }
        }
        return new Page(page, null);
    }

    @Override
    public InputStream open(ObjectRef object, long from) throws StoreException {
        Runnable action = onOpen;
        if (action != null) {
            action.run();
        }
        failIfTold();
        openings.add(object.key() + "@" + from);
        Stored stored = objects.get(object.key());
        if (stored == null
                || unreadable.contains(object.key())
                || !stored.ref().etag().equals(object.etag())) {
            throw new ObjectChangedException(object, null);
        }
        int first = (int) from;
        return new Breaking(
                new ByteArrayInputStream(stored.bytes(), first, (int) object.size() - first),
                cutAfter,
                contentEncoding);
    }

    @Override
    public void close() {
        closed = true;
    }

    private static final class Breaking extends InputStream implements ContentEncoded {

        private final InputStream in;
        private final @Nullable String contentEncoding;
        private int left;

        Breaking(InputStream in, int left, @Nullable String contentEncoding) {
            this.in = in;
            this.left = left;
            this.contentEncoding = contentEncoding;
        }

        @Override
        public @Nullable String contentEncoding() {
            return contentEncoding;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("Never read byte by byte");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                throw new IOException("Connection reset");
            }
            int count = in.read(target, offset, Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }
}
