package io.catalogconnect.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/** Pages of {@code docs/} that are generated from the code, and the check that they are up to date. */
public final class ReferencePage {

    private static final Path DOCS = Path.of("..", "docs");

    private final Path docs;
    private final boolean update;

    /** The pages of the project that the running test's module belongs to; {@code -Ddocs.update=true} regenerates them. */
    public ReferencePage() {
        this(DOCS, Boolean.getBoolean("docs.update"));
    }

    ReferencePage(Path docs, boolean update) {
        this.docs = docs;
        this.update = update;
    }

    /**
     * Compares a page with its generated content.
     *
     * @param name the page's path below {@code docs/}
     * @throws AssertionError that says how to regenerate the page, if it differs
     * @throws IOException if it cannot be read
     */
    public void check(String name, String content) throws IOException {
        Path page = docs.resolve(name);
        if (update) {
            Files.createDirectories(page.toAbsolutePath().getParent());
            Files.writeString(page, content);
        }
        if (!Files.isRegularFile(page) || !Files.readString(page).equals(content)) {
            throw new AssertionError(
                    "docs/" + name + " is out of date. Run this test with -Ddocs.update=true to generate it again");
        }
    }

    /** A connector's settings: a section for each group, with the definition of each setting. */
    public static String settings(String head, ConfigDef definition) {
        StringBuilder page = new StringBuilder(head);
        for (String group : definition.groups()) {
            page.append("\n## ").append(group).append('\n');
            definition.configKeys().values().stream()
                    .filter(key -> group.equals(key.group))
                    .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                    .forEach(key -> setting(page, key));
        }
        return page.toString();
    }

    private static void setting(StringBuilder page, ConfigKey key) {
        page.append("\n### `").append(key.name).append("`\n\n").append(key.documentation);
        page.append("\n\n- Type: ").append(key.type.name().toLowerCase(Locale.ROOT));
        page.append("\n- Default: ").append(shownDefault(key));
        String valid = key.validator == null ? "" : key.validator.toString();
        if (!valid.isEmpty()) {
            page.append("\n- Valid: ").append(valid.replace("\n", " "));
        }
        page.append("\n- Importance: ")
                .append(key.importance.name().toLowerCase(Locale.ROOT))
                .append('\n');
    }

    private static String shownDefault(ConfigKey key) {
        if (!key.hasDefault()) {
            return "none (required)";
        }
        String value = key.defaultValue instanceof Password secret
                ? secret.value()
                : ConfigDef.convertToString(key.defaultValue, key.type);
        return value == null || value.isEmpty() ? "empty" : "`" + value + "`";
    }

    /** A connector's metrics, each with its description. */
    public static String metrics(String head, Map<String, String> descriptions) {
        StringBuilder page = new StringBuilder(head).append("\n| metric | meaning |\n|---|---|\n");
        descriptions.forEach((name, description) -> page.append("| `")
                .append(name)
                .append("` | ")
                .append(description)
                .append(" |\n"));
        return page.toString();
    }
}
