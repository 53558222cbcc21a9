package io.catalogconnect.s3csv.object;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Compression of the objects. A compressed object cannot be entered in the middle: to resume, it is decompressed from its start,
 * and the bytes that were read before are discarded. A connection that breaks costs nothing extra, because it is repaired below
 * this.
 */
public enum Compression {
    /** By the first bytes of the object, whatever its key is. */
    AUTO,
    NONE,
    GZIP,
    ZSTD;

    private static final int BUFFER = 64 * 1024;

    /** Content encodings that do not change the bytes of an object. */
    private static final Set<String> PLAIN = Set.of("", "identity", "aws-chunked", "utf-8");

    /** The bytes of an object as they come from the store, from a position on. */
    @FunctionalInterface
    public interface StoredBytes {

        InputStream from(long position);
    }

    /**
     * The decompressed bytes of an object.
     *
     * @param from position of the first byte, in the decompressed object
     * @throws CorruptObjectException if they cannot be decompressed or are no text, here and while reading
     */
    public InputStream open(ObjectRef object, long from, StoredBytes stored) throws IOException {
        if (object.size() == 0 || (this == NONE && from > 0)) {
            return stored.from(from);
        }
        InputStream raw = stored.from(0);
        InputStream open = raw;
        boolean opened = false;
        try {
            PushbackInputStream start = new PushbackInputStream(raw, FileKind.FIRST_BYTES);
            FileKind kind = FileKind.of(peek(start));
            Compression actual = actual(object, kind, raw);
            if (actual == NONE) {
                requireText(object, kind);
                opened = from == 0;
                return opened ? start : stored.from(from);
            }
            PushbackInputStream decoded =
                    new PushbackInputStream(new Decoded(object, actual, start), FileKind.FIRST_BYTES);
            open = decoded;
            requireText(object, FileKind.of(peek(decoded)));
            decoded.skipNBytes(from);
            opened = true;
            return decoded;
        } finally {
            if (!opened) {
                open.close();
            }
        }
    }

    /** The compression of a file with these first bytes. */
    public static Compression of(byte[] first) {
        return of(FileKind.of(first));
    }

    private static Compression of(@Nullable FileKind kind) {
        return kind == FileKind.GZIP ? GZIP : kind == FileKind.ZSTD ? ZSTD : NONE;
    }

    private static byte[] peek(PushbackInputStream in) throws IOException {
        byte[] first = in.readNBytes(FileKind.FIRST_BYTES);
        in.unread(first);
        return first;
    }

    private Compression actual(ObjectRef object, @Nullable FileKind kind, InputStream raw)
            throws CorruptObjectException {
        Compression byBytes = of(kind);
        if (this == NONE || (this == AUTO && byBytes != NONE)) {
            return this == NONE ? NONE : byBytes;
        }
        Compression expected = this == AUTO ? declared(object, raw) : this;
        if (expected != NONE && expected != byBytes) {
            if (kind != null) {
                requireText(object, byBytes == NONE ? kind : null);
            }
            throw corrupt(object, expected, "it does not start as a " + expected.word() + " file", 0, null);
        }
        return expected;
    }

    /** The compression by the content encoding or, without one, by the key. */
    private static Compression declared(ObjectRef object, InputStream raw) throws CorruptObjectException {
        String encodings = raw instanceof ContentEncoded encoded ? encoded.contentEncoding() : null;
        for (String encoding : encodings == null ? new String[0] : encodings.split(",", -1)) {
            String name = encoding.strip().toLowerCase(Locale.ROOT);
            if (name.equals("gzip") || name.equals("x-gzip")) {
                return GZIP;
            }
            if (name.equals("zstd")) {
                return ZSTD;
            }
            if (!PLAIN.contains(name)) {
                throw new CorruptObjectException(
                        object
                                + " has a Content-Encoding that is not supported. Upload the CSV file itself, uncompressed or"
                                + " compressed with gzip or zstd, or set csv.compression=none if only the header is wrong",
                        null);
            }
        }
        String key = object.key().toLowerCase(Locale.ROOT);
        return key.endsWith(".gz") || key.endsWith(".gzip") ? GZIP : key.endsWith(".zst") ? ZSTD : NONE;
    }

    private static void requireText(ObjectRef object, @Nullable FileKind kind) throws CorruptObjectException {
        if (kind == FileKind.UTF_16 || kind == FileKind.UTF_32) {
            throw new CorruptObjectException(
                    object + " is " + kind.described() + ", which is not supported. Convert it to UTF-8", null);
        }
        if (kind == FileKind.GZIP || kind == FileKind.ZSTD) {
            throw new CorruptObjectException(
                    object + " contains " + kind.described() + " that is not decompressed: it is compressed twice, or"
                            + " csv.compression=none. Upload the CSV file compressed once, or set csv.compression=auto",
                    null);
        }
        if (kind != null) {
            throw new CorruptObjectException(
                    object + " is " + kind.described() + ", which is not supported. Upload the CSV file itself,"
                            + " uncompressed or compressed with gzip or zstd",
                    null);
        }
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static CorruptObjectException corrupt(
            ObjectRef object, Compression compression, String reason, long at, @Nullable IOException failure) {
        return new CorruptObjectException(
                object + " is not a whole " + compression.word() + " file: " + reason + ", at byte " + at + " of "
                        + object.size() + ". Upload it again, or correct csv.compression",
                failure);
    }

    /** Decodes, and distinguishes damaged data from a store that is unavailable. */
    private static final class Decoded extends InputStream {

        private final ObjectRef object;
        private final Compression compression;
        private final DecodingStream decoder;
        private byte[] discarded = {};

        Decoded(ObjectRef object, Compression compression, InputStream in) {
            this.object = object;
            this.compression = compression;
            this.decoder = compression == GZIP ? new GzipStream(in, object.size()) : new ZstdStream(in, object.size());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return decoder.read(target, offset, length);
            } catch (ZipException e) {
                throw corrupt(object, compression, String.valueOf(e.getMessage()), decoder.position(), e);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            int wanted = (int) Math.min(BUFFER, Math.max(1, count));
            if (discarded.length < wanted) {
                discarded = new byte[wanted];
            }
            return Math.max(0, read(discarded, 0, wanted));
        }

        @Override
        public void close() throws IOException {
            decoder.close();
        }
    }
}
