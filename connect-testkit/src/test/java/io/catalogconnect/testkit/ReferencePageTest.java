package io.catalogconnect.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferencePageTest {

    @TempDir
    Path docs;

    @Test
    void missingOrDifferentPageIsReported() throws Exception {
        ReferencePage pages = new ReferencePage(docs, false);
        assertThatThrownBy(() -> pages.check("config/a.md", "new"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "docs/config/a.md is out of date. Run this test with -Ddocs.update=true to generate it again");

        new ReferencePage(docs, true).check("config/a.md", "new");
        assertThat(docs.resolve("config/a.md")).hasContent("new");
        assertThatCode(() -> pages.check("config/a.md", "new")).doesNotThrowAnyException();

        Files.writeString(docs.resolve("config/a.md"), "old");
        assertThatThrownBy(() -> pages.check("config/a.md", "new")).isInstanceOf(AssertionError.class);
    }

    @Test
    void settingsAreListedByGroupInTheirOrderWithAllThatTheirDefinitionSays() {
        ConfigDef definition = new ConfigDef()
                .define(
                        "b",
                        ConfigDef.Type.LIST,
                        List.of("x", "y"),
                        Importance.LOW,
                        "Second.",
                        "One",
                        2,
                        Width.SHORT,
                        "b")
                .define("a", ConfigDef.Type.STRING, Importance.HIGH, "First.", "One", 1, Width.SHORT, "a")
                .define(
                        "c",
                        ConfigDef.Type.INT,
                        3,
                        ConfigDef.Range.between(1, 5),
                        Importance.MEDIUM,
                        "Third.",
                        "Two",
                        1,
                        Width.SHORT,
                        "c")
                .define("d", ConfigDef.Type.STRING, "", Importance.MEDIUM, "Fourth.", "Two", 2, Width.SHORT, "d");

        assertThat(ReferencePage.settings("# Head\n", definition)).isEqualTo("""
                # Head

                ## One

                ### `a`

                First.

                - Type: string
                - Default: none (required)
                - Importance: high

                ### `b`

                Second.

                - Type: list
                - Default: `x,y`
                - Importance: low

                ## Two

                ### `c`

                Third.

                - Type: int
                - Default: `3`
                - Valid: [1,...,5]
                - Importance: medium

                ### `d`

                Fourth.

                - Type: string
                - Default: empty
                - Importance: medium
                """);
    }

    @Test
    void metricsAreListedWithTheirDescriptions() {
        assertThat(ReferencePage.metrics("# Head\n", Map.of("rows", "Rows sent")))
                .isEqualTo("""
                # Head

                | metric | meaning |
                |---|---|
                | `rows` | Rows sent |
                """);
    }
}
