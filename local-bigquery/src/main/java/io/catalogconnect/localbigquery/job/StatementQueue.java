package io.catalogconnect.localbigquery.job;

import java.util.concurrent.Semaphore;

/** Limits how many statements run at the same time; the others wait, in the order of their arrival. Thread-safe. */
final class StatementQueue {

    private final Semaphore running;
    private final int mostWaiting;
    private int waiting;

    StatementQueue(int mostRunning, int mostWaiting) {
        this.running = new Semaphore(mostRunning, true);
        this.mostWaiting = mostWaiting;
    }

    /** Takes a place without waiting; false if all are taken. */
    synchronized boolean tryEnter() {
        return waiting == 0 && running.tryAcquire();
    }

    /** Joins the queue; false if it is full. {@link #await} must follow. */
    synchronized boolean join() {
        if (waiting >= mostWaiting) {
            return false;
        }
        waiting++;
        return true;
    }

    /** Waits for a place after {@link #join}. */
    void await() {
        try {
            running.acquireUninterruptibly();
        } finally {
            synchronized (this) {
                waiting--;
            }
        }
    }

    /** Releases a place. */
    void leave() {
        running.release();
    }

    /** Maximum number of waiting statements. */
    int mostWaiting() {
        return mostWaiting;
    }
}
