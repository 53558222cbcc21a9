package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Policy;
import io.catalogconnect.contract.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks contracts. */
@Command(name = "lint", description = "Checks contracts, and prints all mistakes with line and column.")
final class LintCommand implements Callable<Integer> {
    /** A form of the result. */
    enum Format {
        text,
        json,
        sarif
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "CONTRACT", description = "Contracts: ODCS files with the ending .yaml.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Form of the result: text, json or sarif. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Option(
            names = "--connectors",
            description = "Checks the connectors of all environments with the definitions of the plugins, too.")
    private boolean connectors;

    @Option(
            names = "--sample",
            paramLabel = "FILE",
            description = "A CSV file of the product. Prints how many of its rows each rule selects.")
    private @Nullable Path sample;

    @Mixin
    private PolicyOption policy = new PolicyOption();

    @Override
    public Integer call() throws ContractException {
        @Nullable Policy limits = policy.read();
        List<ContractFile> checked = new ArrayList<>();
        for (Path file : files) {
            ContractFile contract = ContractFiles.check(file, limits);
            checked.add(connectors ? ConnectorFindings.check(contract) : contract);
        }
        String result = switch (format) {
            case text -> Report.text(checked);
            case json -> Report.json(checked);
            case sarif -> Report.sarif(checked);
        };
        spec.commandLine().getOut().print(result);
        if (sample != null && format == Format.text) {
            for (ContractFile file : checked) {
                Contract contract = file.contract();
                if (contract != null && file.isValid()) {
                    spec.commandLine().getOut().print(SampleTrial.of(contract, sample));
                }
            }
        }
        spec.commandLine().getOut().flush();
        return checked.stream().allMatch(ContractFile::isValid) ? 0 : Catalogctl.FAILED;
    }
}
