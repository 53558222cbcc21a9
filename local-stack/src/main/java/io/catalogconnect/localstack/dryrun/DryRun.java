package io.catalogconnect.localstack.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.localstack.StateFolder;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs the process that reads a file with the plugins' own code. */
public final class DryRun {
    private static final String ANSWER = "dry run: ";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A large file takes minutes; who waits can stop it. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private DryRun() {}

    /**
     * Asks.
     *
     * @param layout folders of the project and of the state
     * @param request as the process reads it
     * @return the answer as JSON
     * @throws DryRunFailedException if the file or the request cannot be used
     * @throws io.catalogconnect.localstack.process.ProcessFailedException if the process ends without an answer
     * @throws IOException if the process cannot be started
     */
    public static JsonNode ask(StackLayout layout, JsonNode request) throws IOException, InterruptedException {
        StateFolder.create(layout.state());
        String name = "dry-run-" + ProcessHandle.current().pid();
        try (JavaProcess process = JavaProcess.start(new JavaProcess.Command(
                "The dry run",
                layout.dryRunClassPath(),
                "io.catalogconnect.dryrun.DryRunProcess",
                List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
                List.of(),
                Map.of(),
                ANSWER,
                layout.temporary(name),
                layout.log("dry-run")))) {
            process.send(request.toString());
            JsonNode answer = JSON.readTree(process.awaitReady(PATIENCE).substring(ANSWER.length()));
            if (answer.has("error")) {
                throw new DryRunFailedException(answer.get("error").asText());
            }
            return answer;
        }
    }
}
