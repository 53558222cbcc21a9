package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.toolkit.terminal.FileFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line {@code catalogctl}. */
@Command(
        name = "catalogctl",
        description = "Data contracts: one file describes a data product, and everything is rendered from it.",
        subcommands = {
            HelpCommand.class,
            InitCommand.class,
            LintCommand.class,
            RenderCommand.class,
            DiffCommand.class,
            DocsCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            StatusCommand.class,
            ReplayCommand.class,
            CheckCommand.class,
            RetireCommand.class,
            HistoryCommand.class,
            DoctorCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = Catalogctl.WRONG_COMMAND_LINE,
        exitCodeOnExecutionException = Catalogctl.FAILED,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; nothing differs",
            "1:failed: a contract has errors or cannot be read, a check does not hold, something needs a person, or a service refused",
            "2:diff, plan: there are differences",
            "3:refused: a resource is not the contract's or cannot be changed, the version is too low, or somebody else applies",
            "4:apply, retire: changes are made, and one failed or is not recorded; run the command again",
            "64:the command line is wrong"
        })
public final class Catalogctl {
    /** Exit code if a contract has errors or cannot be read. */
    static final int FAILED = 1;
    /** Exit code if there are differences. */
    static final int DIFFERENCES = 2;
    /** Exit code if a change is refused before anything is written. */
    static final int REFUSED = 3;
    /** Exit code of an apply that made some changes. */
    static final int PARTLY = 4;
    /** Exit code of a wrong command line. */
    static final int WRONG_COMMAND_LINE = 64;

    private Catalogctl() {}

    /** Runs a command. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = commandLine(out, err).execute(arguments);
        out.flush();
        System.exit(status);
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine completion = new CommandLine(new GenerateCompletion()).setCommandName("completion");
        completion
                .getCommandSpec()
                .usageMessage()
                .description("Prints a completion script for bash and zsh: source <(catalogctl completion)");
        CommandLine commandLine = new CommandLine(new Catalogctl())
                .addSubcommand("completion", completion)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(LocalDate.class, OptionValues::date)
                .registerConverter(Duration.class, OptionValues::seconds);
        commandLine
                .getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec()
                        .exitCodeOnInvalidInput(WRONG_COMMAND_LINE)
                        .exitCodeOnExecutionException(FAILED)
                        .mixinStandardHelpOptions(true)
                        .version(version()));
        commandLine.getCommandSpec().mixinStandardHelpOptions(true).version(version());
        commandLine.setParameterExceptionHandler(new UnknownCommand(commandLine.getParameterExceptionHandler()));
        commandLine.setExecutionExceptionHandler((exception, command, result) -> {
            if (exception instanceof RefusedException || exception instanceof LeaseHeldException) {
                command.getErr().println(exception.getMessage());
                return REFUSED;
            }
            boolean isComplete = exception instanceof ContractException
                    || exception instanceof ContextException
                    || exception instanceof LiveException
                    || exception instanceof IOException;
            if (!isComplete) {
                throw exception;
            }
            command.getErr().println(FileFailure.message(exception));
            return FAILED;
        });
        return commandLine;
    }

    /** The version of the jar; absent in a class folder. */
    private static String version() {
        String version = Catalogctl.class.getPackage().getImplementationVersion();
        return "catalogctl " + (version == null ? "unknown" : version);
    }
}
