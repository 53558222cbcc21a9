package io.catalogconnect.s3csv.object;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.ZipException;

/**
 * The data of a zstd file: its frames one after the other. Unlike the library's stream it reports a few bytes behind the last
 * frame, and the position of damage. For one thread.
 */
final class ZstdStream extends DecodingStream {

    private static final int BUFFER = 64 * 1024;
    private static final int SMALLEST_BUFFER = 4 * 1024;

    /** Usual size of decompressed catalogue data for each stored byte. */
    private static final int EXPANSION = 8;

    private final InputStream in;
    private final ZstdDecompressCtx decoder = new ZstdDecompressCtx();
    private final byte[] block;
    private final ByteBuffer source;
    private final ByteBuffer decoded;
    private long bytesRead;
    private boolean frameEnded = true;
    private boolean closed;

    /**
     * Reads nothing yet. The stream is closed with this one.
     *
     * @param size number of bytes in the stream
     */
    ZstdStream(InputStream in, long size) {
        this.in = in;
        this.block = new byte[(int) Math.min(BUFFER, Math.max(1, size))];
        this.source = ByteBuffer.allocateDirect(block.length).limit(0);
        long expected = Math.max(SMALLEST_BUFFER, EXPANSION * (long) block.length);
        this.decoded =
                ByteBuffer.allocateDirect((int) Math.min(BUFFER, expected)).limit(0);
    }

    @Override
    long position() {
        return bytesRead - source.remaining();
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        while (!decoded.hasRemaining()) {
            boolean mayHoldMore = decoded.limit() == decoded.capacity();
            if (!source.hasRemaining() && !mayHoldMore && !fill()) {
                if (!frameEnded) {
                    throw new ZipException("it ends within the data");
                }
                return -1;
            }
            decode();
        }
        int copied = Math.min(count, decoded.remaining());
        decoded.get(target, offset, copied);
        return copied;
    }

    private void decode() throws ZipException {
        if (frameEnded && !source.hasRemaining()) {
            decoded.position(0).limit(0);
            return;
        }
        decoded.clear();
        try {
            frameEnded = decoder.decompressDirectByteBufferStream(decoded, source);
        } catch (ZstdException e) {
            throw new ZipException("the data is damaged (" + e.getMessage() + ")");
        } finally {
            decoded.flip();
        }
    }

    private boolean fill() throws IOException {
        int count = in.read(block, 0, block.length);
        source.clear();
        source.put(block, 0, Math.max(0, count)).flip();
        bytesRead += Math.max(0, count);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            decoder.close();
        }
        in.close();
    }
}
