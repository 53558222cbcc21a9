package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/catalogctl.md: a section for each command, in the order of the help, with its options. */
final class CommandsDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "catalogctl.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^## ");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final CommandLine COMMAND_LINE =
            Catalogctl.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));

    @Test
    void sectionsHaveTheOrderOfTheHelp() throws IOException {
        assertThat(sections().keySet()).containsExactlyElementsOf(commands().toList());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void sectionNamesEveryOptionOfItsCommand(String command) throws IOException {
        CommandLine documented =
                Objects.requireNonNull(COMMAND_LINE.getSubcommands().get(command));
        List<String> options = documented.getCommandSpec().options().stream()
                .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                .map(OptionSpec::longestName)
                .toList();
        assertThat(OPTION.matcher(sections().getOrDefault(command, ""))
                        .results()
                        .map(MatchResult::group))
                .as("options in the section %s", command)
                .containsAll(options);
    }

    static Stream<String> commands() {
        return COMMAND_LINE.getSubcommands().keySet().stream().filter(command -> !command.equals("help"));
    }

    /** The sections of commands by name. Headings of other sections start with a capital. */
    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : HEADING.splitAsStream(Files.readString(PAGE)).toList()) {
            String heading = section.lines().findFirst().orElse("");
            if (heading.matches("[a-z]+")) {
                sections.put(heading, section);
            }
        }
        return sections;
    }
}
