package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
