package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.apply.Operator;
import picocli.CommandLine.Option;

/** The options of the commands that need the lease of a contract. */
final class OperatorOptions {
    @Option(names = "--break-lease", description = "End the lease of another process, which must have ended.")
    private boolean breakLease;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "The person or job that runs the command, for the log. Default: the user's name.")
    private String who = "";

    Operator operator() {
        return new Operator(who, breakLease);
    }
}
