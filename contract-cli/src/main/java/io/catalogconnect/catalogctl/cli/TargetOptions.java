package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.context.Context;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.context.ContextFile;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name an environment and the access to it. */
final class TargetOptions {
    private static final String FILE = "catalogctl.yaml";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@:+,=-]+");

    @Option(
            names = "--env",
            required = true,
            paramLabel = "CONTEXT",
            description = "Context: local, or a name in the file with contexts.")
    private String context = "";

    @Option(
            names = "--contexts",
            paramLabel = "FILE",
            description = "File with contexts. Default: catalogctl.yaml, or ~/.config/catalogctl/config.yaml.")
    private @Nullable Path file;

    @Option(
            names = "--stack",
            paramLabel = "FILE",
            description = "For local: the file in which a stack with another state folder writes its addresses,"
                    + " FOLDER/run/stack.properties.")
    private @Nullable Path announcement;

    Context context() throws ContextException {
        return ContextFile.find(context, file(), announcement());
    }

    /** The options as the command takes them. */
    String arguments() {
        return "--env " + context + (file == null ? "" : " --contexts " + quoted(file))
                + (announcement == null ? "" : " --stack " + quoted(announcement));
    }

    /** A path for a POSIX shell. */
    static String quoted(Path path) {
        String text = path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Without a file that the user names, a stack on the default ports is meant. */
    private Path announcement() throws ContextException {
        if (announcement == null) {
            return Path.of(System.getProperty("catalogctl.stack", ".local/run/stack.properties"));
        }
        if (!Files.isRegularFile(announcement)) {
            throw new ContextException(announcement + " is not a file. A stack that runs has written it. Start one with"
                    + " ./pipeline up --bare --state FOLDER, and name FOLDER/run/stack.properties.");
        }
        return announcement;
    }

    /** A file that the user names must exist, also for the context that is built in. */
    private Path file() throws ContextException {
        if (file != null) {
            if (!Files.isRegularFile(file)) {
                throw new ContextException(file + " is not a file. --contexts names a file with contexts.");
            }
            return file;
        }
        Path here = Path.of(FILE);
        return Files.isRegularFile(here)
                ? here
                : Path.of(System.getProperty("user.home"), ".config", "catalogctl", "config.yaml");
    }

    /** The servers of the context in a contract. */
    static Environment servers(Contract contract, Context context, String contractFile) throws ContractException {
        return contract.environment(context.environment())
                .orElseThrow(() -> new ContractException(contractFile + " has no environment '" + context.environment()
                        + "'. It has: " + String.join(", ", contract.environmentNames()) + "."));
    }
}
