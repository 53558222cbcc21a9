package io.catalogconnect.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows how the S3 CSV source reads a file. */
@Command(
        name = "inspect",
        description = {
            "Shows how the S3 CSV source reads a CSV file, and proposes a connector configuration.",
            "Prints the dialect, the columns with their types, nulls and malformed values, and the first rows. Starts and",
            "changes nothing."
        })
final class InspectCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Mixin
    private DryRunOptions options = new DryRunOptions();

    @Parameters(paramLabel = "FILE|s3://BUCKET/KEY", description = "The file, or an object in a bucket.")
    private String file = "";

    InspectCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode inspection = options.ask(options.request(file));
        if (options.isJson()) {
            out.println(JsonText.line(inspection));
        } else {
            InspectionText.print(out, inspection);
        }
        return 0;
    }
}
