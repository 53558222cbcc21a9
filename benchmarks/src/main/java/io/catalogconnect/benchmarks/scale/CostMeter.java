package io.catalogconnect.benchmarks.scale;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU time and allocated bytes of this process while the meter runs.
 *
 * <p>Only JDK 21 and later know the allocated bytes of all threads that ever ran, so each live thread is asked. The bytes that a
 * thread has allocated since the last {@link #sample} are lost when it ends. The thread pools of the connectors and of gRPC end a
 * thread only after it was idle for 60 seconds, so nothing is lost if samples are less than a minute apart. For one thread.
 */
final class CostMeter {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    /** By thread, the bytes that it had allocated at the last sample. */
    private final Map<Long, Long> seen = new HashMap<>();

    private long cpuNanos;
    private long cpuNanosAtStart;
    private long allocatedBytes;
    private boolean runs;

    /** Starts, or continues. */
    void start() {
        look();
        runs = true;
        cpuNanosAtStart = SYSTEM.getProcessCpuTime();
    }

    /** Adds what the threads have allocated since the last sample, if the meter runs. */
    void sample() {
        long bytes = look();
        allocatedBytes += runs ? bytes : 0;
    }

    /** The bytes that the threads have allocated since the last look. */
    private long look() {
        long sum = 0;
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            // A thread that has just ended has -1. A thread that was not there at the last sample has allocated all
            // since then.
            if (bytes[i] >= 0) {
                Long former = seen.put(ids[i], bytes[i]);
                sum += bytes[i] - (former == null ? 0 : former);
            }
        }
        return sum;
    }

    /** Stops until the next start. */
    void stop() {
        cpuNanos += SYSTEM.getProcessCpuTime() - cpuNanosAtStart;
        sample();
        runs = false;
    }

    double cpuSeconds() {
        return cpuNanos / 1e9;
    }

    long allocatedBytes() {
        return allocatedBytes;
    }

    /** Bytes of the objects in the heap that are in use, after a collection. Not while the meter runs, which would count the collection. */
    static long liveHeapBytes() {
        MEMORY.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }
}
