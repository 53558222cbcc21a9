package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.contract.catalogue.Catalogue;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.report.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the catalogue of contracts. */
@Command(
        name = "docs",
        description = "Writes a catalogue of contracts as static HTML and Markdown pages without scripts.")
final class DocsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "CONTRACT",
            description = "Contracts, or folders in which all files *.odcs.yaml are contracts.")
    private List<Path> places = new ArrayList<>();

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Folder for the pages.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws ContractException, IOException {
        List<Contract> contracts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                Contract contract = ContractFiles.valid(file);
                if (!names.add(contract.identity().name())) {
                    throw new ContractException(file + ": another contract has the name "
                            + contract.identity().name() + " too.");
                }
                contracts.add(contract);
            }
        }
        Files.createDirectories(folder);
        for (Map.Entry<String, String> page : Catalogue.files(contracts).entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
        int tables = contracts.stream()
                .mapToInt(contract -> contract.objects().size())
                .sum();
        spec.commandLine()
                .getOut()
                .printf(
                        "%s, %s: %s%n",
                        Counted.of(contracts.size(), "product"),
                        Counted.of(tables, "table"),
                        folder.resolve("index.html"));
        return 0;
    }

    private static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".odcs.yaml"))
                    .sorted()
                    .toList();
        }
    }
}
