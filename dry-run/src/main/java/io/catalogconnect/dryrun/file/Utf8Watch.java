package io.catalogconnect.dryrun.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Passes bytes through, and remembers whether they were well-formed UTF-8. */
final class Utf8Watch extends FilterInputStream {
    private static final int LOW = 0x80;
    private static final int HIGH = 0xBF;

    private final Runnable onMalformed;
    private boolean malformed;
    private int missing;
    private int low = LOW;
    private int high = HIGH;

    /** Calls {@code onMalformed} at the first byte that is not UTF-8. An incomplete character at the end is not reported. */
    Utf8Watch(InputStream in, Runnable onMalformed) {
        super(in);
        this.onMalformed = onMalformed;
    }

    /** True if bytes are well-formed UTF-8, apart from an incomplete character at their end. */
    static boolean isUtf8(byte[] bytes) {
        Utf8Watch watch = new Utf8Watch(InputStream.nullInputStream(), () -> {});
        watch.look(bytes, 0, bytes.length);
        return !watch.malformed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0 && !malformed) {
            look(target, offset, count);
            if (malformed) {
                onMalformed.run();
            }
        }
        return count;
    }

    private void look(byte[] bytes, int from, int count) {
        for (int at = from; at < from + count && !malformed; at++) {
            int value = bytes[at] & 0xFF;
            if (missing > 0) {
                malformed = value < low || value > high;
                missing--;
                low = LOW;
                high = HIGH;
            } else if (value >= 0x80) {
                begin(value);
            }
        }
    }

    /** The ranges of the Unicode standard, table 3-7: neither overlong forms nor surrogates. */
    private void begin(int lead) {
        if (lead >= 0xC2 && lead <= 0xDF) {
            missing = 1;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            missing = 2;
            low = lead == 0xE0 ? 0xA0 : LOW;
            high = lead == 0xED ? 0x9F : HIGH;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            missing = 3;
            low = lead == 0xF0 ? 0x90 : LOW;
            high = lead == 0xF4 ? 0x8F : HIGH;
        } else {
            malformed = true;
        }
    }
}
