package io.catalogconnect.catalogctl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.draft.ContractDraft;
import io.catalogconnect.contract.draft.InspectedFile;
import io.catalogconnect.contract.draft.InspectedFile.InspectedColumn;
import io.catalogconnect.contract.report.Counted;
import io.catalogconnect.contract.report.Report;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Drafts a contract from a CSV file. */
@Command(
        name = "init",
        description = {
            "Reads a CSV file with the source's own reader, and prints the draft of a contract.",
            "Values that only a person can decide are TODO in the draft."
        })
final class InitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--csv", required = true, paramLabel = "FILE", description = "A CSV file, also compressed.")
    private Path csv = Path.of("");

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Name of the product: a-z, 0-9 and hyphens.")
    private String name = "";

    @Option(
            names = "--location",
            paramLabel = "S3-ADDRESS",
            description = "Where the files are delivered, such as s3://bucket/prefix/.")
    private String location = "";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Key of the file in the bucket, in which the date is found. Default: its path.")
    private String key = "";

    @Override
    public Integer call() throws ContractException {
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("file", csv.toString());
        request.put("key", key.isEmpty() ? csv.toString().replace('\\', '/') : key);
        request.putObject("settings");
        JsonNode inspection = PluginCode.ask(request);
        InspectedFile file = inspected(inspection);
        String text = new ContractDraft(UUID.randomUUID(), name, location, file).text();
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        summary(inspection, file, text);
        return 0;
    }

    private InspectedFile inspected(JsonNode inspection) throws ContractException {
        Map<String, String> settings = new LinkedHashMap<>();
        inspection.path("connector").path("config").properties().forEach(entry -> {
            if (entry.getKey().matches("csv\\..*|file\\.date\\.(pattern|format)|null\\.values|trim|columns")) {
                settings.put(entry.getKey(), entry.getValue().asText());
            }
        });
        List<InspectedColumn> columns = new ArrayList<>();
        String declarations = settings.getOrDefault("columns", "");
        int at = 0;
        for (JsonNode column : inspection.path("columns")) {
            // The names in the answer are shortened, those in the declaration are not.
            String type = column.path("type").asText();
            int end = declarations.indexOf(":" + type, at);
            if (end < 0) {
                throw new ContractException(csv + " has a column that cannot be declared: "
                        + column.path("name").asText());
            }
            columns.add(new InspectedColumn(declarations.substring(at, end), type));
            at = end + type.length() + 2;
        }
        return new InspectedFile(
                String.valueOf(csv.getFileName()), inspection.path("rows").asLong(), columns, settings);
    }

    private void summary(JsonNode inspection, InspectedFile file, String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                "Read %s of %s, %d of them malformed.%n",
                Counted.of(file.rows(), "row"),
                csv,
                inspection.path("malformedRows").asLong());
        for (JsonNode column : inspection.path("columns")) {
            err.printf(
                    "  %-24s %-24s %d null%n",
                    Report.printable(column.path("name").asText()),
                    column.path("type").asText(),
                    column.path("nulls").asLong());
        }
        inspection.path("hints").forEach(hint -> err.println("Note: " + Report.printable(hint.asText())));
        ContractFile checked = ContractFile.check(name + ".odcs.yaml", text.getBytes(StandardCharsets.UTF_8));
        err.print(Report.text(List.of(checked)));
        err.flush();
    }
}
