package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.contract.render.SinkConnector;
import io.catalogconnect.contract.render.SourceConnector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders the connectors of a contract. */
@Command(
        name = "render",
        description = "Renders the source and the sink connector of a contract as Connect's REST API accepts them.")
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
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder for one file for each connector, NAME.json. Without it, the files are printed.")
    private @Nullable Path folder;

    @Override
    public Integer call() throws ContractException, IOException {
        Contract contract = ContractFiles.valid(file);
        Environment servers = contract.environment(environment)
                .orElseThrow(() -> new ContractException(file + " has no environment '" + environment + "'. It has: "
                        + String.join(", ", contract.environmentNames()) + "."));
        for (Connector connector :
                List.of(SourceConnector.of(contract, servers), SinkConnector.of(contract, servers))) {
            write(connector);
        }
        return 0;
    }

    private void write(Connector connector) throws IOException {
        if (folder == null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(connector.json());
            out.flush();
        } else {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(connector.name() + ".json"), connector.json());
        }
    }
}
