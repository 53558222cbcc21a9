package io.catalogconnect.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Ends this process when its parent process ends, which closes this process's standard input. */
final class StandardInput {
    private StandardInput() {}

    /** Starts a daemon thread that ends this process, shutdown hooks and all, when standard input ends. */
    static void exitAtEnd() {
        runAtEnd(System.in, () -> System.exit(0));
    }

    static Thread runAtEnd(InputStream in, Runnable action) {
        Thread thread = new Thread(
                () -> {
                    try {
                        in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // A standard input that breaks has ended, too.
                    }
                    action.run();
                },
                "standard-input");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
