package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.context.ContextException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Commands that messages print can be run as they are. */
final class TargetOptionsTest {
    @Test
    void argumentsNameTheContextAndItsFile() {
        assertThat(arguments("--env", "prod")).isEqualTo("--env prod");
        assertThat(arguments("--env", "prod", "--contexts", "a/contexts.yaml"))
                .isEqualTo("--env prod --contexts a/contexts.yaml");
        assertThat(arguments("--env", "prod", "--contexts", "my contexts.yaml"))
                .isEqualTo("--env prod --contexts 'my contexts.yaml'");
        assertThat(arguments("--env", "local", "--stack", "my state/run/stack.properties"))
                .isEqualTo("--env local --stack 'my state/run/stack.properties'");
    }

    /** Otherwise a command would change another stack, on the default ports. */
    @Test
    void stackThatIsNamedMustExist() {
        TargetOptions options = new TargetOptions();
        new CommandLine(options).parseArgs("--env", "local", "--stack", "absent/run/stack.properties");
        assertThatThrownBy(options::context)
                .isInstanceOf(ContextException.class)
                .hasMessage(
                        "absent/run/stack.properties is not a file. A stack that runs has written it. Start one with"
                                + " ./pipeline up --bare --state FOLDER, and name FOLDER/run/stack.properties.");
    }

    @Test
    void pathsAreQuotedForAShell() {
        assertThat(TargetOptions.quoted(Path.of("contracts/product-catalog@1.2.0.odcs.yaml")))
                .isEqualTo("contracts/product-catalog@1.2.0.odcs.yaml");
        assertThat(TargetOptions.quoted(Path.of("it's $HOME"))).isEqualTo("'it'\\''s $HOME'");
    }

    private static String arguments(String... arguments) {
        TargetOptions options = new TargetOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.arguments();
    }
}
