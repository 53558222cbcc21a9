package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.contract.compare.ComparisonReport;
import io.catalogconnect.contract.compare.ContractComparison;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two versions of a contract. */
@Command(
        name = "diff",
        description = "Compares two versions of a contract, and says which version number the changes need.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no differences", "1:failed", "2:there are differences", "64:the command line is wrong"})
final class DiffCommand implements Callable<Integer> {
    /** A form of the result. */
    enum Format {
        text,
        json,
        markdown
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "The earlier version.")
    private Path old = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The later version. Places are places in this file.")
    private Path now = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Form of the result: text, json or markdown. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Override
    public Integer call() throws ContractException {
        ContractComparison comparison = ContractComparison.of(ContractFiles.valid(old), ContractFiles.valid(now));
        ComparisonReport report = new ComparisonReport(now.toString(), comparison);
        String result = switch (format) {
            case text -> report.text();
            case json -> report.json();
            case markdown -> report.markdown();
        };
        spec.commandLine().getOut().print(result);
        spec.commandLine().getOut().flush();
        return comparison.changes().isEmpty() && comparison.refusal().isEmpty() ? 0 : Catalogctl.DIFFERENCES;
    }
}
