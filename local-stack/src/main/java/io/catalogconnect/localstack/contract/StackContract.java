package io.catalogconnect.localstack.contract;

import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.RunningStack;
import io.catalogconnect.localstack.StackVariables;
import io.catalogconnect.localstack.StateFolder;
import io.catalogconnect.localstack.layout.Endpoints;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.JavaRun;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A data contract and the connectors that are rendered from it for the environment {@code local}.
 *
 * @param file the contract, as the user has named it
 */
public record StackContract(StackLayout layout, Path file, MainJob job) {
    private static final String ENVIRONMENT = "--env=local";

    /**
     * Reads and checks a contract.
     *
     * @throws ContractRefusedException with the findings of {@code catalogctl lint} if it has errors; also for a draft
     */
    public static StackContract read(StackLayout layout, Path file) throws IOException, InterruptedException {
        StateFolder.create(layout.state());
        JavaRun render = run(layout, "render", List.of(file.toString(), ENVIRONMENT, "--to-apply"));
        if (render.exitCode() != 0) {
            throw new ContractRefusedException(text(render));
        }
        List<ConnectorDefinition> connectors =
                ConnectorDefinition.parseAll(String.join(System.lineSeparator(), render.output()));
        return new StackContract(layout, file, MainJob.of(file.toString(), connectors));
    }

    /**
     * Applies the contract to the stack that was announced. Tables, topics and connectors that belong to no contract become
     * part of it.
     *
     * @return what {@code catalogctl apply} says about the result
     * @throws ContractRefusedException if it is refused, or fails
     */
    public List<String> apply() throws IOException, InterruptedException {
        JavaRun apply = run(
                layout,
                "apply",
                List.of(file.toString(), ENVIRONMENT, "--stack=" + RunningStack.file(layout), "--yes", "--adopt"));
        if (apply.exitCode() != 0) {
            throw new ContractRefusedException(text(apply));
        }
        return apply.output();
    }

    /**
     * The keys of its files.
     *
     * @param endpoints where the stack answers, or will answer
     * @throws ContractRefusedException if the connectors use other services than the stack's
     */
    public ObjectKeys keys(Endpoints endpoints) {
        StackVariables variables = StackVariables.of(endpoints, System.getenv());
        try {
            requireLocal(variables, job.source(), "s3.endpoint", "${env:CATALOG_S3_ENDPOINT}");
            requireLocal(variables, job.sink(), "bigquery.rest.endpoint", "${env:CATALOG_BIGQUERY_REST}");
            requireLocal(variables, job.sink(), "bigquery.storage.endpoint", "${env:CATALOG_BIGQUERY_STORAGE}");
            variables.resolve(job.sink().get("bigquery.dataset"));
            return ObjectKeys.of(job.source(), variables);
        } catch (IllegalArgumentException e) {
            throw new ContractRefusedException(file + ", environment local: " + e.getMessage());
        }
    }

    private static void requireLocal(
            StackVariables variables, ConnectorDefinition connector, String key, String placeholder) {
        String value = connector.config().getOrDefault(key, "");
        if (!variables.resolve(value).equals(variables.resolve(placeholder))) {
            throw new IllegalArgumentException(key + " is " + (value.isEmpty() ? "missing" : value)
                    + ". The address of the local stack is " + placeholder);
        }
    }

    private static JavaRun run(StackLayout layout, String command, List<String> arguments)
            throws IOException, InterruptedException {
        return JavaRun.of(Catalogctl.command(
                layout,
                "catalogctl-" + command,
                "",
                Stream.concat(Stream.of(command), arguments.stream()).toList()));
    }

    private static String text(JavaRun failed) {
        return Stream.concat(failed.errors().stream(), failed.output().stream())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
