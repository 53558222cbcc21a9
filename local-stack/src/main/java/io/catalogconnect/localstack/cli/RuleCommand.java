package io.catalogconnect.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluates rules for the rows of a file. */
@Command(
        name = "rule",
        description = {
            "Evaluates a rule, or all rules of a connector, for the rows of a CSV file, with the rule engine of smt-filters.",
            "Prints how many rows match, the first of them, and which columns are null. Starts and changes nothing. The exit",
            "code is 1 if a rule is not valid, or fails for a row."
        })
final class RuleCommand implements Callable<Integer> {
    private final PrintWriter out;
    private final PrintWriter err;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DryRunOptions options = new DryRunOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "CONDITION",
            description = "The rule, for example: value.brand == \"Samsung\" && !present(value.image)")
    private @Nullable String condition;

    @Option(
            names = "--connector",
            paramLabel = "FILE",
            description = "The JSON of a connector, whose rules are evaluated in place of CONDITION.")
    private @Nullable Path connector;

    @Option(
            names = "--csv",
            paramLabel = "FILE|s3://BUCKET/KEY",
            required = true,
            description = "The file, or an object in a bucket.")
    private String file = "";

    RuleCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode request = options.request(file);
        if ((condition == null) == (connector == null)) {
            throw wrong("Give either a condition or --connector");
        }
        if (connector == null) {
            request.put("condition", condition);
        } else {
            ObjectNode keys = request.putObject("connector");
            ConnectorDefinition.read(connector).config().forEach(keys::put);
        }
        JsonNode trial = options.ask(request);
        if (options.isJson()) {
            out.println(JsonText.line(trial));
        } else {
            RuleText.print(out, trial);
        }
        return reportFailures(trial) ? 1 : 0;
    }

    /** Prints the rules that fail the task; false if none does. */
    private boolean reportFailures(JsonNode trial) {
        boolean fails = false;
        for (JsonNode rule : trial.path("rules")) {
            if (rule.path("failing").asLong() > 0) {
                fails = true;
                err.println("The rule " + rule.path("name").asText() + " fails the task at row "
                        + rule.at("/firstFailing/row").asLong() + ": "
                        + rule.at("/firstFailing/reason").asText());
            }
        }
        return fails;
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it runs the command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
