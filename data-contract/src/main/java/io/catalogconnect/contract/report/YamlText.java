package io.catalogconnect.contract.report;

import java.util.Collection;
import java.util.Map;

/** Writes YAML. All texts are quoted as in JSON, which YAML 1.2 contains. */
public final class YamlText {
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    /**
     * The YAML of a mapping.
     *
     * @param value maps, collections, texts, numbers and booleans
     */
    public static String of(Map<?, ?> value) {
        YamlText yaml = new YamlText();
        yaml.map(value, "");
        return yaml.out.toString();
    }

    private void map(Map<?, ?> map, String indent) {
        map.forEach((key, value) -> {
            out.append(indent).append(key).append(':');
            value(value, indent + INDENT);
        });
    }

    private void value(Object value, String indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            map(map, indent);
        } else if (value instanceof Collection<?> list && !list.isEmpty()) {
            out.append('\n');
            list.forEach(item -> item(item, indent));
        } else {
            out.append(' ').append(JsonText.of(value));
        }
    }

    private void item(Object item, String indent) {
        int start = out.length();
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            map(map, indent + INDENT);
            out.replace(start + indent.length(), start + indent.length() + 2, "- ");
        } else {
            out.append(indent).append("- ").append(JsonText.of(item));
        }
    }
}
