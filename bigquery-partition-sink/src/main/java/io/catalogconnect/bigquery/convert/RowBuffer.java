package io.catalogconnect.bigquery.convert;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Buffer of a message, reused for the next one. Not thread-safe. */
final class RowBuffer {

    private static final class GrowingBytes extends OutputStream {
        private byte[] bytes = new byte[2_048];
        private int length;

        @Override
        public void write(int oneByte) {
            reserve(1);
            bytes[length++] = (byte) oneByte;
        }

        @Override
        public void write(byte[] source, int from, int count) {
            reserve(count);
            System.arraycopy(source, from, bytes, length, count);
            length += count;
        }

        private void reserve(int count) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
            }
        }
    }

    private final GrowingBytes bytes = new GrowingBytes();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, 4_096);

    /** Discards the content and returns the stream for the next message. */
    CodedOutputStream restart() throws IOException {
        out.flush();
        bytes.length = 0;
        return out;
    }

    ByteString toByteString() throws IOException {
        out.flush();
        return ByteString.copyFrom(bytes.bytes, 0, bytes.length);
    }

    /** Writes the message as a field of another one. */
    void writeTo(CodedOutputStream parent, int number) throws IOException {
        out.flush();
        parent.writeByteArray(number, bytes.bytes, 0, bytes.length);
    }
}
