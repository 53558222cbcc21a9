package io.catalogconnect.s3csv;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Measures how much heap memory a piece of work allocates. */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Number of bytes that the work allocates on this thread. It runs twice, because the first run also loads classes. */
    public static long bytesOf(Callable<?> work) throws Exception {
        work.call();
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        work.call();
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
}
