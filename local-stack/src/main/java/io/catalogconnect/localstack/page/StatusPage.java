package io.catalogconnect.localstack.page;

import io.catalogconnect.localstack.RunningStack;
import io.catalogconnect.localstack.contract.Catalogctl;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.JavaProcess;
import io.catalogconnect.localstack.process.ProcessFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The status page of a contract, {@code catalogctl status --web}, as a separate process. */
public final class StatusPage implements AutoCloseable {
    private static final String READY = "Status page ";
    private static final Duration START = Duration.ofSeconds(60);

    private final JavaProcess process;
    private final String address;
    private final Thread hook;

    private StatusPage(JavaProcess process, String address) {
        this.process = process;
        this.address = address;
        this.hook = new Thread(process::close, "stop-status-page");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param layout the folders of a stack that was announced
     * @param contract the contract that it shows
     * @throws ProcessFailedException if it does not
     */
    public static StatusPage start(StackLayout layout, Path contract) throws IOException, InterruptedException {
        JavaProcess process = JavaProcess.start(Catalogctl.command(
                layout,
                "status-page",
                READY,
                List.of(
                        "status",
                        contract.toString(),
                        "--env=local",
                        "--stack=" + RunningStack.file(layout),
                        "--web",
                        "--stop-with-stdin")));
        try {
            return new StatusPage(
                    process, process.awaitReady(START).substring(READY.length()).strip());
        } catch (ProcessFailedException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    /** Its address. */
    public String address() {
        return address;
    }

    @Override
    public void close() {
        process.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is stopping already, and the hook with it.
        }
    }
}
