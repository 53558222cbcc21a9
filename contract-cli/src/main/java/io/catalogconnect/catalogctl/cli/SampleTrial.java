package io.catalogconnect.catalogctl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.contract.render.SourceConnector;
import io.catalogconnect.contract.report.Counted;
import io.catalogconnect.contract.report.Report;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The rows of a file that the rules of a contract select. */
final class SampleTrial {
    private static final int EXAMPLES = 3;

    private SampleTrial() {}

    /** A table with one line for each rule. */
    static String of(Contract contract, Path sample) throws ContractException {
        Environment environment = contract.environmentNames().stream()
                .flatMap(name -> contract.environment(name).stream())
                .findFirst()
                .orElseThrow(() -> new ContractException("The contract has no environment."));
        Connector source = SourceConnector.of(contract, environment);
        Map<String, DataObject> rules = new LinkedHashMap<>();
        contract.objects().stream().filter(DataObject::isDerived).forEach(object -> rules.put(object.topic(), object));
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("file", sample.toString());
        request.put("key", sample.toString().replace('\\', '/'));
        request.putObject("settings").put("file.date.missing", "last-modified");
        ObjectNode connector = request.putObject("connector");
        source.config().forEach(connector::put);
        if (rules.isEmpty()) {
            selectAll(connector);
        }
        return table(PluginCode.ask(request), rules);
    }

    /** The dry run needs a rule to read a file. */
    private static void selectAll(ObjectNode connector) {
        connector.put("transforms", "all");
        connector.put("transforms.all.type", "io.catalogconnect.transforms.ConditionFilter");
        connector.put("transforms.all.condition", "true");
    }

    private static String table(JsonNode trial, Map<String, DataObject> rules) {
        StringBuilder table = new StringBuilder();
        int width = rules.values().stream()
                .mapToInt(object -> object.name().length())
                .max()
                .orElse(0);
        if (rules.isEmpty()) {
            table.append(String.format(
                    "The contract has no rules. The file has %s.%n",
                    Counted.of(trial.path("rows").asLong(), "row")));
        } else {
            line(table, width, "rule", "of " + Counted.of(trial.path("rows").asLong(), "row"), "example rows");
        }
        for (JsonNode rule : trial.path("rules")) {
            DataObject object = rules.get(rule.path("name").asText());
            if (object != null) {
                line(table, width, object.name(), rule.path("matching").asText(), examples(rule));
                undecided(table, rule);
            }
        }
        long malformed = trial.path("malformedRows").asLong();
        if (malformed > 0) {
            table.append(String.format(
                    "%s malformed, the first: %s%n",
                    malformed == 1 ? "1 row is" : malformed + " rows are",
                    Report.printable(trial.path("malformed").path(0).asText())));
        }
        return table.toString();
    }

    private static String examples(JsonNode rule) {
        return StreamSupport.stream(rule.path("firstMatching").spliterator(), false)
                .limit(EXAMPLES)
                .map(row -> row.path("row").asText())
                .collect(Collectors.joining(", "));
    }

    private static void undecided(StringBuilder table, JsonNode rule) {
        if (rule.path("undecided").asLong() > 0) {
            JsonNode first = rule.path("firstUndecided");
            table.append(String.format(
                    "  undecided: %s, the first is row %d: %s%n",
                    Counted.of(rule.path("undecided").asLong(), "row"),
                    first.path("row").asLong(),
                    Report.printable(first.path("reason").asText())));
        }
    }

    private static void line(StringBuilder table, int width, String rule, String rows, String examples) {
        table.append(String.format("%-" + Math.max(4, width) + "s  %-14s %s", rule, rows, examples)
                        .stripTrailing())
                .append(System.lineSeparator());
    }
}
