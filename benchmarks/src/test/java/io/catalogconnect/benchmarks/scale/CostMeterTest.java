package io.catalogconnect.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class CostMeterTest {
    private static final int BYTES = 64 << 20;

    private final CostMeter meter = new CostMeter();

    @Test
    void countsWhatOtherThreadsAllocateWhileItRuns() throws InterruptedException {
        allocate(1);
        meter.start();
        allocate(2);
        meter.stop();
        allocate(3);
        meter.start();
        allocate(4);
        meter.stop();
        assertThat(meter.allocatedBytes()).isBetween(6L * BYTES, 7L * BYTES);
        assertThat(meter.cpuSeconds()).isPositive();
    }

    /** Allocates in a thread that ends after the sample. */
    private void allocate(int times) throws InterruptedException {
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch sampled = new CountDownLatch(1);
        long[] sum = new long[1];
        Thread thread = new Thread(() -> {
            for (int i = 0; i < times; i++) {
                sum[0] += new byte[BYTES].length;
            }
            allocated.countDown();
            try {
                sampled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        allocated.await();
        meter.sample();
        sampled.countDown();
        thread.join();
        assertThat(sum[0]).isEqualTo((long) times * BYTES);
    }
}
