package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.RunningStack;
import io.catalogconnect.localstack.layout.StackLayout;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands: the folders of the stack. */
final class LayoutOptions {
    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "Where the stack keeps its data from run to run (default: .local in the project's folder).")
    private @Nullable Path state;

    @Option(names = "--home", hidden = true, defaultValue = "${sys:catalog.home:-.}")
    private Path home = Path.of(".");

    StackLayout layout() {
        return new StackLayout(home, state == null ? home.resolve(".local") : state);
    }

    /** The option, for another command of {@code ./pipeline} on the same folder; empty if it needs none. */
    String stateOption() {
        return state == null ? "" : "--state " + ShellWord.of(state.toString()) + " ";
    }

    /** The option with which {@code ./catalogctl} finds the stack; empty if it needs none. */
    String stackOption() {
        return state == null
                ? ""
                : " --stack " + ShellWord.of(RunningStack.file(layout()).toString());
    }
}
