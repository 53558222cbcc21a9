package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.RunningStack;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A stack that other commands find, and that is stopped when the command ends, and also when the process is told to stop
 * (Ctrl-C).
 */
final class StackGuard implements AutoCloseable {
    private final StackLayout layout;
    private final LocalStack stack;
    private final Thread hook;

    private StackGuard(StackLayout layout, LocalStack stack) {
        this.layout = layout;
        this.stack = stack;
        this.hook = new Thread(this::stop, "stop-stack");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static StackGuard start(StackLayout layout, StackPorts ports, Worker.Options worker, Consumer<String> progress)
            throws IOException, InterruptedException {
        StackGuard guard = new StackGuard(layout, LocalStack.start(layout, ports, worker, progress));
        RunningStack.announce(layout, guard.stack.endpoints());
        return guard;
    }

    LocalStack stack() {
        return stack;
    }

    private void stop() {
        RunningStack.withdraw(layout);
        stack.close();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is stopping already, and the hook with it.
        }
    }
}
