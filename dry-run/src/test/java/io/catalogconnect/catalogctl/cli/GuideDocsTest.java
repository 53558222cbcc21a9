package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/teams.md: the commands that need no stack print what the guide shows, after the edits that it describes. */
final class GuideDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "teams.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(yaml)?\n(.*?)```");
    private static final Pattern FILE = Pattern.compile("(?s)<<'END'\n(.*?)END\n");
    private static final Pattern EDIT = Pattern.compile("(?m)^\\| `([^`]+: [^`]+)` \\| `([^`]+)` \\|");
    private static final Pattern COMMENT = Pattern.compile("(?m)^ *# The rows that a team needs.*\n(^ *#.*\n)+");

    @TempDir
    Path folder;

    @Test
    void commandsPrintWhatTheGuideShows() throws IOException {
        String guide = Files.readString(PAGE);
        Path csv = Files.writeString(folder.resolve("shops.csv"), first(FILE, guide, 1));
        Path contract = folder.resolve("shops.odcs.yaml");

        Result draft = run(
                "init",
                "--csv",
                csv.toString(),
                "--key",
                "shops/dt=2026-11-01/shops.csv",
                "--name",
                "shops",
                "--location",
                "s3://landing/shops/");
        Files.writeString(contract, draft.out());
        assertThat(draft.err()).isEqualTo(printed(guide, "catalogctl init"));

        Files.writeString(contract, edited(guide, draft.out()));
        assertThat(run("lint", contract.toString(), "--sample", csv.toString()).out())
                .isEqualTo(printed(guide, "--sample shops.csv"));
        assertThat(run(
                                "docs",
                                contract.toString(),
                                "--out",
                                folder.resolve("site").toString())
                        .out())
                .isEqualTo(printed(guide, "catalogctl docs shops.odcs.yaml"));
    }

    /** The draft after all edits of the guide. Each line that is replaced occurs once. */
    private static String edited(String guide, String draft) {
        String text = draft;
        List<MatchResult> edits = EDIT.matcher(guide).results().toList();
        assertThat(edits).hasSize(8);
        for (MatchResult edit : edits) {
            assertThat(text).containsOnlyOnce(edit.group(1));
            text = text.replace(edit.group(1), edit.group(2));
        }
        List<String> blocks = BLOCK.matcher(guide)
                .results()
                .filter(block -> block.group(1) != null)
                .map(block -> block.group(2))
                .toList();
        assertThat(blocks).hasSize(3);
        text = replaced(text, "(?m)(^ *rejects: .*\n)", "$1" + quoted(blocks.get(0)));
        text = replaced(text, "(?m)^.*name: email.*\n", quoted(blocks.get(1)));
        return replaced(text, COMMENT.pattern(), quoted(blocks.get(2)));
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }

    private static String replaced(String text, String pattern, String replacement) {
        assertThat(text).containsPattern(pattern);
        return text.replaceFirst(pattern, replacement);
    }

    /** The block after the block with a command. */
    private static String printed(String guide, String command) {
        List<String> blocks =
                BLOCK.matcher(guide).results().map(block -> block.group(2)).toList();
        for (int i = 0; i < blocks.size() - 1; i++) {
            if (blocks.get(i).contains(command)) {
                return blocks.get(i + 1);
            }
        }
        throw new AssertionError("The guide has no block with " + command);
    }

    private static String first(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .findFirst()
                .map(match -> match.group(group))
                .orElseThrow(() -> new AssertionError("The guide does not contain " + pattern));
    }

    private record Result(String out, String err) {}

    /** Runs a command. The guide works in the folder of the files, so its output contains their names only. */
    private Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Catalogctl.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Result(local(out), local(err));
    }

    private String local(StringWriter text) {
        return text.toString().replace(folder + "/", "");
    }
}
