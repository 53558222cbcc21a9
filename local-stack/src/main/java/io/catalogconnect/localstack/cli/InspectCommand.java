package io.catalogconnect.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catalogconnect.localstack.dryrun.DryRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how the S3 CSV source reads a file. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = {
            "Reads a CSV file with the reader of the S3 CSV source, and prints its dialect, its columns with their types, nulls",
            "and malformed values, its first rows, and a connector configuration for it. Starts and changes nothing."
        })
final class InspectCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Mixin
    private LayoutOptions layoutOptions = new LayoutOptions();

    @Parameters(paramLabel = "FILE|s3://BUCKET/KEY", description = "The file, or an object in a bucket.")
    private String file = "";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The key that the file will have in the bucket, from which the date is taken (default: its path).")
    private @Nullable String key;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "A key of the connector's configuration, such as csv.delimiter=';'; may be given several times.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--output",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How to print the result (default: table). JSON is one line.")
    private ResultFormat output = ResultFormat.TABLE;

    InspectCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("file", file);
        request.put("key", key == null ? file.replace('\\', '/') : key);
        ObjectNode keys = request.putObject("settings");
        settings.forEach(keys::put);
        JsonNode inspection = DryRun.ask(layoutOptions.layout(), request);
        if (output == ResultFormat.JSON) {
            out.println(JsonText.line(inspection));
        } else {
            InspectionText.print(out, inspection);
        }
        return 0;
    }
}
