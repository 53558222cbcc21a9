package io.catalogconnect.s3csv.object;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * How objects are compressed. A compressed object cannot be entered in the middle: to resume it is decompressed from its start
 * and what was read is thrown away. A connection that breaks costs nothing extra, because it is repaired below this.
 */
public enum Compression {
    /** By the key: {@code .gz}, {@code .zst}, else none. */
    AUTO,
    NONE,
    GZIP,
    ZSTD;

    private static final int BUFFER = 64 * 1024;

    /** The bytes of an object as they come from the store, from a position on. */
    @FunctionalInterface
    public interface StoredBytes {

        InputStream from(long position);
    }

    /**
     * The decompressed bytes of an object.
     *
     * @param from the first one wanted
     * @throws CorruptObjectException when they cannot be decompressed, here and while reading
     */
    public InputStream open(ObjectRef object, long from, StoredBytes stored) throws IOException {
        Compression actual = of(object.key());
        if (actual == NONE) {
            return stored.from(from);
        }
        InputStream raw = new BufferedInputStream(stored.from(0), BUFFER);
        boolean opened = false;
        try {
            InputStream decoded = new Decoded(object, actual, decoder(object, actual, raw));
            decoded.skipNBytes(from);
            opened = true;
            return decoded;
        } finally {
            if (!opened) {
                raw.close();
            }
        }
    }

    private Compression of(String key) {
        if (this != AUTO) {
            return this;
        }
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") ? GZIP : lower.endsWith(".zst") ? ZSTD : NONE;
    }

    private static InputStream decoder(ObjectRef object, Compression compression, InputStream raw) throws IOException {
        if (object.size() == 0) {
            return raw;
        }
        try {
            return compression == GZIP
                    ? new GZIPInputStream(raw, BUFFER)
                    : new ZstdInputStreamNoFinalizer(raw).setContinuous(false);
        } catch (ZipException | EOFException e) {
            throw corrupt(object, compression, e);
        }
    }

    private static CorruptObjectException corrupt(ObjectRef object, Compression compression, IOException failure) {
        return new CorruptObjectException(
                object + " is no whole " + compression.name().toLowerCase(Locale.ROOT) + " file: "
                        + failure.getMessage() + ". Upload it again, or correct csv.compression",
                failure);
    }

    /** Tells damaged data from a store that is away. */
    private static final class Decoded extends FilterInputStream {

        private final ObjectRef object;
        private final Compression compression;

        Decoded(ObjectRef object, Compression compression, InputStream in) {
            super(in);
            this.object = object;
            this.compression = compression;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return super.read(target, offset, length);
            } catch (ZipException | EOFException | ZstdIOException e) {
                throw corrupt(object, compression, e);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] thrownAway = new byte[(int) Math.min(BUFFER, Math.max(1, count))];
            return Math.max(0, read(thrownAway, 0, thrownAway.length));
        }
    }
}
