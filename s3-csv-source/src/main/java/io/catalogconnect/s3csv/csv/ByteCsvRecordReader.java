package io.catalogconnect.s3csv.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts plain UTF-8 files into records in their bytes, several times as fast as by characters. It reads ordinary records only: at
 * the first unusual one (a stray quote, a malformed character, a blank line, a lone carriage return, too many bytes, a last line
 * without a line end), {@link CharacterCsvRecordReader} takes over and reads this record and all others. So one class defines what
 * a file means.
 */
final class ByteCsvRecordReader implements CsvRecordReader {

    private static final int BLOCK_BYTES = 64 * 1024;
    /** Size of the buffer until a read fills it: many files are smaller than a block. */
    private static final int FIRST_BYTES = 8 * 1024;

    private static final char REPLACEMENT = '\uFFFD';

    /** How cutting one record went. */
    private enum Cut {
        WHOLE,
        MORE_BYTES_NEEDED,
        UNUSUAL
    }

    private final InputStream in;
    private final CsvDialect dialect;
    private final byte delimiter;
    private final byte quote;
    private final boolean marksQuotes;

    private byte[] buffer = new byte[FIRST_BYTES];
    /** The stream's position of the buffer's first byte. */
    private long base;
    /** The first byte of the next record, in the buffer. */
    private int next;
    /** One past the last byte read. */
    private int limit;

    private boolean atStart;
    private boolean exhausted;
    private @Nullable IOException failure;
    private @Nullable CharacterCsvRecordReader successor;

    private List<String> cells = new ArrayList<>();
    private BitSet literals = CsvRecord.Row.NO_LITERALS;
    private int width;
    private int end;
    private int lastFrom;
    private int lastEnd;

    ByteCsvRecordReader(InputStream in, CsvDialect dialect, long firstByte) {
        if (!takes(dialect)) {
            throw new IllegalArgumentException("not for " + dialect);
        }
        this.in = in;
        this.dialect = dialect;
        this.delimiter = (byte) dialect.delimiter().charAt(0);
        this.quote = (byte) String.valueOf(dialect.quote()).charAt(0);
        this.marksQuotes = dialect.marksQuotes();
        this.base = firstByte;
        this.atStart = firstByte == 0;
    }

    /** Whether files of this dialect can be plain. */
    static boolean takes(CsvDialect dialect) {
        Character quote = dialect.quote();
        return dialect.charset().equals(StandardCharsets.UTF_8)
                && dialect.delimiter().length() == 1
                && dialect.delimiter().charAt(0) < 128
                && quote != null
                && quote < 128
                && dialect.escape() == null
                && dialect.comment() == null;
    }

    /** Whether a record was unusual. */
    boolean hasHandedOver() {
        return successor != null;
    }

    @Override
    public @Nullable CsvRecord next() throws IOException {
        if (successor != null) {
            return successor.next();
        }
        if (atStart) {
            atStart = false;
            if (!skipByteOrderMark()) {
                return handOver();
            }
        }
        while (true) {
            Cut cut = cut();
            if (cut == Cut.WHOLE) {
                lastFrom = next;
                lastEnd = end;
                next = end;
                return new CsvRecord.Row(base + lastFrom, base + lastEnd, cells, literals);
            }
            if (cut == Cut.UNUSUAL) {
                return handOver();
            }
            if (failure != null) {
                throw failure;
            }
            if (exhausted) {
                if (next == limit) {
                    return null;
                }
                return handOver();
            }
            if (limit - next > dialect.maxRecordBytes()) {
                return handOver();
            }
            read();
        }
    }

    private @Nullable CsvRecord handOver() throws IOException {
        InputStream rest = failure == null ? in : new FailingStream(failure, in);
        CharacterCsvRecordReader reader = new CharacterCsvRecordReader(
                new SequenceInputStream(new ByteArrayInputStream(buffer, next, limit - next), rest),
                dialect,
                base + next);
        successor = reader;
        return reader.next();
    }

    /** Cuts the record that begins at {@code next}, if it is whole, into {@code cells}; it ends at {@code end}. */
    private Cut cut() {
        cells = new ArrayList<>(width);
        literals = CsvRecord.Row.NO_LITERALS;
        int at = next;
        while (true) {
            if (at == limit) {
                return Cut.MORE_BYTES_NEEDED;
            }
            int from = at;
            int seen = 0;
            boolean doubled = false;
            boolean quoted = buffer[at] == quote;
            if (quoted) {
                from = ++at;
                while (true) {
                    while (at < limit && buffer[at] != quote) {
                        seen |= buffer[at++];
                    }
                    if (at + 1 >= limit) {
                        return Cut.MORE_BYTES_NEEDED; // also for a quote that closes the last cell of the stream
                    }
                    if (buffer[at + 1] != quote) {
                        break;
                    }
                    doubled = true;
                    at += 2;
                }
            } else {
                byte value = 0;
                while (at < limit && (value = buffer[at]) != delimiter && value != '\n' && value != '\r') {
                    seen |= value;
                    at++;
                }
                if (at == limit) {
                    return Cut.MORE_BYTES_NEEDED;
                }
            }
            boolean ascii = seen >= 0;
            String cell =
                    new String(buffer, from, at - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            if (!ascii && cell.indexOf(REPLACEMENT) >= 0) {
                return Cut.UNUSUAL;
            }
            if (doubled) {
                String one = String.valueOf((char) quote);
                cell = cell.replace(one + one, one);
            }
            if (quoted && marksQuotes) {
                literals = literals.isEmpty() ? new BitSet() : literals;
                literals.set(cells.size());
            }
            cells.add(cell);
            at += quoted ? 1 : 0;
            if (buffer[at] == delimiter) {
                at++;
            } else {
                return cutAtLineEnd(at);
            }
        }
    }

    private Cut cutAtLineEnd(int lineEnd) {
        int at = lineEnd;
        if (cells.size() == 1 && at == next) {
            return Cut.UNUSUAL; // a blank line
        }
        if (buffer[at] == '\r') {
            if (++at == limit) {
                return Cut.MORE_BYTES_NEEDED;
            }
        }
        if (buffer[at++] != '\n') {
            return Cut.UNUSUAL;
        }
        if (at - next > dialect.maxRecordBytes()) {
            return Cut.UNUSUAL;
        }
        width = cells.size();
        end = at;
        return Cut.WHOLE;
    }

    /** False when what comes first is not plain. */
    private boolean skipByteOrderMark() throws IOException {
        while (limit < 3 && !exhausted) {
            if (failure != null) {
                return false;
            }
            read();
        }
        int first = limit > 0 ? buffer[0] & 0xFF : 0;
        if (first == 0xFE || first == 0xFF) {
            return false;
        }
        if (limit >= 3 && first == 0xEF && (buffer[1] & 0xFF) == 0xBB && (buffer[2] & 0xFF) == 0xBF) {
            next = 3;
        }
        return true;
    }

    /** Reads as many bytes as wait already, so that a long record is not cut again for every few; what fails is kept. */
    private void read() {
        boolean isFilled = limit == buffer.length;
        System.arraycopy(buffer, next, buffer, 0, limit - next);
        base += next;
        limit -= next;
        next = 0;
        int wanted = limit + Math.max(1, Math.min(limit, BLOCK_BYTES / 2));
        boolean isTooSmall = buffer.length < BLOCK_BYTES
                ? isFilled || buffer.length < wanted
                : buffer.length < wanted + BLOCK_BYTES / 2;
        if (isTooSmall) {
            buffer = Arrays.copyOf(buffer, Math.max(BLOCK_BYTES, 2 * buffer.length));
        }
        try {
            while (limit < wanted && !exhausted) {
                int count = in.read(buffer, limit, buffer.length - limit);
                exhausted = count < 0;
                limit += Math.max(0, count);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public byte[] bytesOfLast() {
        return successor != null ? successor.bytesOfLast() : Arrays.copyOfRange(buffer, lastFrom, lastEnd);
    }

    @Override
    public boolean finishLast(long limit) throws IOException {
        return successor == null || successor.finishLast(limit);
    }

    @Override
    public long nextStart() {
        return successor != null ? successor.nextStart() : base + next;
    }

    @Override
    public long endOfStream() {
        return successor != null ? successor.endOfStream() : base + limit;
    }

    @Override
    public void close() throws IOException {
        if (successor != null) {
            successor.close();
        } else {
            in.close();
        }
    }

    /** A stream that fails every read after the first failure. */
    private static final class FailingStream extends InputStream {

        private final IOException failure;
        private final InputStream broken;

        FailingStream(IOException failure, InputStream broken) {
            this.failure = failure;
            this.broken = broken;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw failure;
        }

        @Override
        public void close() throws IOException {
            broken.close();
        }
    }
}
