package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Override
    public Integer call() throws ContractException {
        List<ContractFile> checked = new ArrayList<>();
        for (Path file : files) {
            checked.add(ContractFiles.check(file));
        }
        String result = switch (format) {
            case text -> Report.text(checked);
            case json -> Report.json(checked);
            case sarif -> Report.sarif(checked);
        };
        spec.commandLine().getOut().print(result);
        spec.commandLine().getOut().flush();
        return checked.stream().allMatch(ContractFile::isValid) ? 0 : Catalogctl.FAILED;
    }
}
