package io.catalogconnect.localbigquery.job;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query result, read page by page. Small results stay in memory, large ones are in a file of the working directory. One
 * thread writes the rows; afterwards any thread may read them.
 */
final class ResultRows implements AutoCloseable {

    private static final int MEMORY = 64 << 10;

    private final Path directory;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream spill;
    private long[] ends = new long[64];
    private int count;
    private long size;

    private ResultRows(Path directory) {
        this.directory = directory;
    }

    /** Stores all rows of a result. */
    static ResultRows of(ResultSet rows, int columns, Path directory) throws SQLException {
        ResultRows result = new ResultRows(directory);
        try {
            while (rows.next()) {
                result.add(RowJson.row(rows, columns).toString().getBytes(StandardCharsets.UTF_8));
            }
            result.finish();
            return result;
        } catch (IOException e) {
            result.close();
            throw new UncheckedIOException("Cannot store the result of a query in " + directory, e);
        } catch (SQLException | RuntimeException e) {
            result.close();
            throw e;
        }
    }

    private void add(byte[] row) throws IOException {
        if (spill == null && size + row.length > MEMORY) {
            Path path = Files.createTempFile(directory, "result", ".json");
            file = path;
            spill = Files.newOutputStream(path);
            memory.writeTo(spill);
            memory = new ByteArrayOutputStream(0);
        }
        if (spill != null) {
            spill.write(row);
        } else {
            memory.write(row);
        }
        size += row.length;
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = size;
    }

    private void finish() throws IOException {
        if (spill != null) {
            spill.close();
        }
    }

    long count() {
        return count;
    }

    /** The size of all rows in bytes. */
    long size() {
        return size;
    }

    /** Returns the rows from a position on, limited by a number of rows and by a number of bytes, but at least one row. */
    List<JsonArray> page(long start, long maxRows, long maxBytes) {
        List<JsonArray> rows = new ArrayList<>();
        long begin = start <= 0 ? 0 : start >= count ? size : ends[(int) start - 1];
        try (RandomAccessFile open = file == null ? null : new RandomAccessFile(file.toFile(), "r")) {
            byte[] all = open == null ? memory.toByteArray() : new byte[0];
            if (open != null) {
                open.seek(begin);
            }
            long from = begin;
            for (long i = Math.max(start, 0); i < count && rows.size() < maxRows; i++) {
                int length = (int) (ends[(int) i] - from);
                if (!rows.isEmpty() && from + length - begin > maxBytes) {
                    break;
                }
                byte[] row = new byte[length];
                if (open == null) {
                    System.arraycopy(all, (int) from, row, 0, length);
                } else {
                    open.readFully(row);
                }
                rows.add(JsonParser.parseString(new String(row, StandardCharsets.UTF_8))
                        .getAsJsonArray());
                from += length;
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the result of a query from " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            finish();
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the result of a query: " + file, e);
        }
    }
}
