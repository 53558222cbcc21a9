package io.catalogconnect.bigquery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the task's thread when an answer has come. A ring while nobody waits is not forgotten. Thread-safe. */
final class Doorbell {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean ringing;

    void ring() {
        lock.lock();
        try {
            ringing = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a ring, at most so long; tells whether there was one. */
    boolean await(long millis) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lockInterruptibly();
        try {
            while (!ringing && nanos > 0) {
                nanos = rung.awaitNanos(nanos);
            }
            boolean was = ringing;
            ringing = false;
            return was;
        } finally {
            lock.unlock();
        }
    }
}
