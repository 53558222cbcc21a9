package io.catalogconnect.dryrun.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8WatchTest {
    @Test
    void bytesAreUtf8IfAndOnlyIfJavaDecodesThem() {
        Random random = new Random(1);
        byte[][] parts = {
            {'a'},
            {(byte) 0xC2, (byte) 0x80},
            {(byte) 0xE0, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xED, (byte) 0x9F, (byte) 0xBF},
            {(byte) 0xEF, (byte) 0xBF, (byte) 0xBF},
            {(byte) 0xF0, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xF4, (byte) 0x8F, (byte) 0xBF, (byte) 0xBF},
        };
        int malformed = 0;
        for (int round = 0; round < 20_000; round++) {
            ByteBuffer bytes = ByteBuffer.allocate(16);
            for (int i = 0; i < 3; i++) {
                bytes.put(parts[random.nextInt(parts.length)]);
            }
            byte[] all = new byte[bytes.position()];
            bytes.flip().get(all);
            if (random.nextBoolean()) {
                all[random.nextInt(all.length)] = (byte) random.nextInt(256);
            }
            assertThat(Utf8Watch.isUtf8(all)).as("%s", (Object) all).isEqualTo(javaDecodes(all));
            malformed += Utf8Watch.isUtf8(all) ? 0 : 1;
        }
        assertThat(malformed).isBetween(5_000, 15_000);
    }

    /** As far as the bytes are whole characters. */
    private static boolean javaDecodes(byte[] bytes) {
        return !UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(64), false)
                .isError();
    }

    @Test
    void firstMalformedByteIsReportedOnceAndBytesPassUnchanged() throws IOException {
        byte[] bytes = {'a', (byte) 0xFF, (byte) 0xFF, 'b'};
        int[] reports = {0};
        try (Utf8Watch watch = new Utf8Watch(new ByteArrayInputStream(bytes), () -> reports[0]++)) {
            assertThat(watch.read()).isEqualTo('a');
            assertThat(reports[0]).isZero();
            assertThat(watch.readAllBytes()).containsExactly(0xFF, 0xFF, 'b');
        }
        assertThat(reports[0]).isEqualTo(1);
    }
}
