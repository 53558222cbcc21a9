package io.catalogconnect.s3csv.object;

import java.io.IOException;
import java.io.InputStream;

/** Decompressed bytes. Reading throws a {@link java.util.zip.ZipException} for damaged data. */
abstract class DecodingStream extends InputStream {

    /** Number of stored bytes that were decoded: the position of the damage after a failure. */
    abstract long position();

    @Override
    public abstract int read(byte[] target, int offset, int count) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }
}
