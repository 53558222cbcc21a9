package io.catalogconnect.localstack.cli;

import com.google.cloud.bigquery.BigQueryException;
import io.catalogconnect.localstack.DeliveryFailedException;
import io.catalogconnect.localstack.contract.ContractRefusedException;
import io.catalogconnect.localstack.dryrun.DryRunFailedException;
import io.catalogconnect.localstack.process.ProcessFailedException;
import io.catalogconnect.toolkit.rest.ConnectRestException;
import io.catalogconnect.toolkit.terminal.FileFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code ./pipeline}: exit code 0 when all went well, 1 when it did not, 2 when the command line is wrong. */
@Command(
        name = "pipeline",
        description = "CSV files in S3 become partitioned BigQuery tables, on one machine.",
        subcommands = {HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Pipeline {
    Pipeline() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine(
                        Clock.systemUTC(),
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(args));
    }

    /**
     * The commands.
     *
     * @param clock gives today's date
     * @param out receives results
     * @param err receives progress and errors
     */
    static CommandLine commandLine(Clock clock, PrintWriter out, PrintWriter err) {
        CommandLine commandLine = new CommandLine(new Pipeline())
                .addSubcommand(new DemoCommand(clock, out, err))
                .addSubcommand(new UpCommand(clock, out, err))
                .addSubcommand(new QueryCommand(out, err))
                .addSubcommand(new InspectCommand(out))
                .addSubcommand(new RuleCommand(out, err))
                .addSubcommand(new GenerateCommand(err))
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!isExpected(failure)) {
                        throw failure;
                    }
                    err.println();
                    err.println(FileFailure.message(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                });
        commandLine.getCommandSpec().mixinStandardHelpOptions(true).version(version());
        commandLine
                .getSubcommands()
                .values()
                .forEach(command ->
                        command.getCommandSpec().mixinStandardHelpOptions(true).version(version()));
        return commandLine;
    }

    /** The version of the jar; absent in a class folder. */
    private static String version() {
        String version = Pipeline.class.getPackage().getImplementationVersion();
        return "pipeline " + (version == null ? "unknown" : version);
    }

    /** Failures whose message says all that a user needs; any other is a defect and shows its stack trace. */
    private static boolean isExpected(Exception failure) {
        return failure instanceof ProcessFailedException
                || failure instanceof DeliveryFailedException
                || failure instanceof ContractRefusedException
                || failure instanceof DryRunFailedException
                || failure instanceof ConnectRestException
                || failure instanceof BigQueryException
                || failure instanceof UncheckedIOException
                || failure instanceof IOException;
    }
}
