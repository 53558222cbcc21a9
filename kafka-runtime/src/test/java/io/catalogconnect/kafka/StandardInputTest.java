package io.catalogconnect.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StandardInputTest {
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void actionRunsOnceWhenTheInputEnds() throws InterruptedException {
        StandardInput.runAtEnd(new ByteArrayInputStream(new byte[10_000]), runs::incrementAndGet)
                .join();
        assertThat(runs).hasValue(1);
    }

    @Test
    void actionRunsWhenTheInputBreaks() throws InterruptedException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        StandardInput.runAtEnd(broken, runs::incrementAndGet).join();
        assertThat(runs).hasValue(1);
    }

    @Test
    void actionWaitsForTheEnd() throws IOException, InterruptedException {
        PipedOutputStream parent = new PipedOutputStream();
        Thread watch = StandardInput.runAtEnd(new PipedInputStream(parent), runs::incrementAndGet);
        parent.write(1);
        parent.flush();
        assertThat(runs).hasValue(0);
        parent.close();
        watch.join();
        assertThat(runs).hasValue(1);
    }
}
