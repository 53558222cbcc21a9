package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.settings.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Names the command that was probably meant. Other mistakes on the command line are handled by picocli, whose own suggestions miss
 * swapped letters.
 */
record UnknownCommand(IParameterExceptionHandler otherwise) implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException exception, String[] arguments) throws Exception {
        CommandLine command = exception.getCommandLine();
        if (!(exception instanceof UnmatchedArgumentException unmatched)
                || command.getParent() != null
                || unmatched.isUnknownOption()) {
            return otherwise.handleParseException(exception, arguments);
        }
        String name = unmatched.getUnmatched().get(0);
        command.getErr()
                .println("There is no command '" + name + "'."
                        + NearestName.of(name, command.getSubcommands().keySet())
                                .map(nearest -> " Did you mean '" + nearest + "'?")
                                .orElse("")
                        + " 'catalogctl help' lists the commands.");
        return Catalogctl.WRONG_COMMAND_LINE;
    }
}
