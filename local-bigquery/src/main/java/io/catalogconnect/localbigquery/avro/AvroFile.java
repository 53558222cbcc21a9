package io.catalogconnect.localbigquery.avro;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * An Avro object container file, without compression or with {@code deflate}. Reads one block at a time. A row has one value for each of
 * {@link #fields()}.
 */
public final class AvroFile implements Iterator<@Nullable Object[]>, Closeable {

    /** Limit of a block, also after decompression. */
    static final int MAX_BLOCK_BYTES = 64 << 20;

    private static final int MAX_HEADER_BYTES = 16 << 20;
    /** Limit of all blocks after decompression. */
    private static final long MAX_FILE_BYTES = 4L << 30;

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int SYNC_BYTES = 16;
    private static final int MAX_VARINT_BYTES = 10;
    private static final String HEADER =
            "The Apache Avro library failed to parse the header with the following error: ";
    private static final String DATA = "The Apache Avro library failed to read data with the following error: ";

    private final FileChannel channel;
    private AvroType row = AvroType.NULL;
    private boolean deflate;
    private byte[] sync = new byte[0];
    private long next;
    private AvroInput block = new AvroInput(new byte[0]);
    private long rowsInBlock;
    private long unpacked;

    private AvroFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a file.
     *
     * @param logicalTypes whether a value with a logical type has the BigQuery type of this, instead of that of its encoding
     * @throws AvroException if the header is damaged or the schema is not supported
     */
    public static AvroFile open(Path file, boolean logicalTypes) throws IOException {
        AvroFile opened = new AvroFile(FileChannel.open(file));
        try {
            opened.readHeader(logicalTypes);
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** The columns of the file, as a new table gets them. */
    public List<TableFieldSchema> fields() {
        TableFieldSchema root = row.field();
        return root == null ? List.of() : root.getFields();
    }

    private AvroInput bytes(long from, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, channel.size() - from));
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // A read may return less than was asked for.
        }
        return new AvroInput(buffer.array());
    }

    private void readHeader(boolean logicalTypes) throws IOException {
        Map<String, byte[]> metadata = new HashMap<>();
        try {
            AvroInput in = bytes(0, MAX_HEADER_BYTES);
            if (in.remaining() < MAGIC.length || !Arrays.equals(in.readFixed(MAGIC.length), MAGIC)) {
                throw new AvroException("Invalid data file. Magic does not match");
            }
            AvroType.readList(in, entry -> metadata.put(entry.readString(), entry.readBytes()));
            sync = in.readFixed(SYNC_BYTES);
            next = in.position();
        } catch (AvroException e) {
            throw new AvroException(HEADER + e.getMessage());
        }
        String codec = text(metadata, "avro.codec");
        if (!codec.isEmpty() && !codec.equals("null") && !codec.equals("deflate")) {
            throw new AvroException("Unsupported: local-bigquery reads Avro files without compression or with the codec"
                    + " deflate, not with " + codec);
        }
        deflate = codec.equals("deflate");
        row = new AvroSchema(logicalTypes).parse(text(metadata, "avro.schema"));
    }

    private static String text(Map<String, byte[]> metadata, String key) {
        return new String(metadata.getOrDefault(key, new byte[0]), StandardCharsets.UTF_8);
    }

    /** @throws AvroException if the file is damaged or exceeds a limit */
    @Override
    public boolean hasNext() {
        try {
            while (rowsInBlock == 0 && next < channel.size()) {
                readBlock();
            }
            return rowsInBlock > 0;
        } catch (AvroException e) {
            throw new AvroException(DATA + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the uploaded rows", e);
        }
    }

    private void readBlock() throws IOException {
        AvroInput prefix = bytes(next, 2 * MAX_VARINT_BYTES);
        long rows = prefix.readLong();
        long size = prefix.readLong();
        if (rows < 0 || size < 0 || size > MAX_BLOCK_BYTES) {
            throw new AvroException(
                    "A block has " + rows + " rows and " + size + " bytes; the limit is " + MAX_BLOCK_BYTES + " bytes");
        }
        AvroInput data = bytes(next + prefix.position(), size + SYNC_BYTES);
        byte[] content = data.readFixed((int) size);
        if (!Arrays.equals(data.readFixed(SYNC_BYTES), sync)) {
            throw new AvroException("Sync mismatch");
        }
        next += prefix.position() + size + SYNC_BYTES;
        block = new AvroInput(deflate ? inflate(content) : content);
        rowsInBlock = rows;
        unpacked += block.remaining();
        if (unpacked > MAX_FILE_BYTES) {
            throw new AvroException("The file has more than " + MAX_FILE_BYTES + " bytes after decompression");
        }
        // Each row has at least one byte.
        if (rows > block.remaining()) {
            throw new AvroException("A block has more rows than bytes");
        }
    }

    private static byte[] inflate(byte[] compressed) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            byte[] content = new byte[Math.min(Math.max(4 * compressed.length, 64), MAX_BLOCK_BYTES)];
            int length = 0;
            while (!inflater.finished()) {
                if (length == content.length) {
                    if (length == MAX_BLOCK_BYTES) {
                        throw new AvroException("A block has more than " + MAX_BLOCK_BYTES + " bytes");
                    }
                    content = Arrays.copyOf(content, Math.min(2 * length, MAX_BLOCK_BYTES));
                }
                int read = inflater.inflate(content, length, content.length - length);
                if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new AvroException("A compressed block is incomplete");
                }
                length += read;
            }
            return Arrays.copyOf(content, length);
        } catch (DataFormatException e) {
            throw new AvroException("A compressed block is damaged: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** @throws AvroException if the file is damaged or exceeds a limit */
    @Override
    public @Nullable Object[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            block.startRow();
            @Nullable
            Object[] values = (Object[]) Objects.requireNonNull(row.value().read(block), "A row is never null");
            rowsInBlock--;
            if (rowsInBlock == 0 && block.remaining() > 0) {
                throw new AvroException("A block has more bytes than its rows");
            }
            return values;
        } catch (AvroException e) {
            throw new AvroException(DATA + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
