package io.catalogconnect.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catalogconnect.localstack.dryrun.DryRun;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that read a file with the plugins' code. */
final class DryRunOptions {
    @Mixin
    private LayoutOptions layoutOptions = new LayoutOptions();

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

    /** A request about a file or an object. */
    ObjectNode request(String file) {
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("file", file);
        request.put("key", key == null ? file.replace('\\', '/') : key);
        ObjectNode keys = request.putObject("settings");
        settings.forEach(keys::put);
        return request;
    }

    /** The answer to a request. */
    JsonNode ask(ObjectNode request) throws IOException, InterruptedException {
        return DryRun.ask(layoutOptions.layout(), request);
    }

    /** True if the answer must be printed as JSON. */
    boolean isJson() {
        return output == ResultFormat.JSON;
    }
}
