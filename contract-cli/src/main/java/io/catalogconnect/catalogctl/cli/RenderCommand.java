package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.render.RenderedFile;
import io.catalogconnect.contract.render.Rendering;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders files from a contract. */
@Command(
        name = "render",
        description = "Renders connectors, topics, tables, access and alerts of a contract as files for other tools.")
final class RenderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONTRACT", description = "A contract.")
    private Path file = Path.of("");

    @Option(
            names = "--env",
            required = true,
            paramLabel = "ENVIRONMENT",
            description = "Environment of the servers in the contract, such as local.")
    private String environment = "";

    @Option(
            names = "--what",
            split = ",",
            defaultValue = "connectors",
            paramLabel = "WHAT",
            description = {
                "What to render, separated by commas. Default: ${DEFAULT-VALUE}. One of: connectors, worker-env, strimzi,",
                "kafka-acls, avro, aws-policy, s3-lifecycle, tables, bigquery-role, grants, alerts."
            })
    private List<String> what = new ArrayList<>();

    /** For the local stack, which renders a contract before it starts, and applies it afterwards. */
    @Option(names = "--to-apply", hidden = true)
    private boolean toApply;

    @Mixin
    private PolicyOption policy = new PolicyOption();

    @Option(names = "--out", paramLabel = "FOLDER", description = "Folder for the files. Without it, they are printed.")
    private @Nullable Path folder;

    @Override
    public Integer call() throws ContractException, IOException, RefusedException {
        Contract contract = ContractFiles.valid(file, policy.read());
        Environment servers = contract.environment(environment)
                .orElseThrow(() -> new ContractException(file + " has no environment '" + environment + "'. It has: "
                        + String.join(", ", contract.environmentNames()) + "."));
        if (toApply) {
            RefusedException.throwIf(Desired.of(contract, servers, "").draftRefusal());
        }
        for (Rendering rendering : renderings()) {
            List<RenderedFile> files = rendering.of(contract, servers);
            if (files.isEmpty()) {
                spec.commandLine().getErr().println("Nothing to render for " + rendering + " in " + environment + ".");
            }
            for (RenderedFile rendered : files) {
                write(rendered);
            }
        }
        return 0;
    }

    private List<Rendering> renderings() {
        List<Rendering> found = new ArrayList<>();
        for (String word : what) {
            found.add(Stream.of(Rendering.values())
                    .filter(rendering -> rendering.toString().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "Unknown rendering '" + word + "'. Write one of: " + Rendering.words() + ".")));
        }
        return found;
    }

    private void write(RenderedFile rendered) throws IOException {
        if (folder == null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(rendered.text());
            out.flush();
        } else {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(rendered.name()), rendered.text());
        }
    }
}
