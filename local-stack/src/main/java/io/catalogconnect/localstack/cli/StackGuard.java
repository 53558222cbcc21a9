package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import java.io.IOException;
import java.util.function.Consumer;

/** A stack that is stopped when the command ends, and also when the process is told to stop (Ctrl-C). */
final class StackGuard implements AutoCloseable {
    private final LocalStack stack;
    private final Thread hook;

    private StackGuard(LocalStack stack) {
        this.stack = stack;
        this.hook = new Thread(stack::close, "stop-stack");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static StackGuard start(StackLayout layout, StackPorts ports, Worker.Options worker, Consumer<String> progress)
            throws IOException, InterruptedException {
        return new StackGuard(LocalStack.start(layout, ports, worker, progress));
    }

    LocalStack stack() {
        return stack;
    }

    @Override
    public void close() {
        stack.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is stopping already, and the hook with it.
        }
    }
}
