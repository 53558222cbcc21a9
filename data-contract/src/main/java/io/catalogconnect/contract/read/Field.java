package io.catalogconnect.contract.read;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.yaml.YamlNode;
import io.catalogconnect.settings.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A key of a mapping, and its meaning. The method for its type reads the value, reports a wrong type, and declares the key. Absent
 * values are empty.
 */
public final class Field {
    private final String key;
    private final String meaning;
    private final @Nullable YamlNode node;
    private final KnownKeys keys;
    private final Findings findings;
    private boolean isNeeded;

    Field(String key, String meaning, @Nullable YamlNode node, KnownKeys keys, Findings findings) {
        this.key = key;
        this.meaning = meaning;
        this.node = node;
        this.keys = keys;
        this.findings = findings;
        keys.add(key);
    }

    /** The same key, which must not be absent. */
    public Field needed() {
        isNeeded = true;
        if (node == null) {
            keys.addMissing(key);
        }
        return this;
    }

    /** A text or a number as it is written; empty if it is absent. */
    public String text() {
        return textOr("");
    }

    /** A text or a number as it is written; the default if it is absent. */
    String textOr(String absent) {
        declare("text", absent);
        if (node == null) {
            return absent;
        }
        if (node instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            return isToDo(scalar, "") ? "" : scalar.value();
        }
        wrongType(node, key + " is wrong", "a text", findings);
        return "";
    }

    /** One of several words; the first is the default. If that is empty, a value that is not valid is returned as it is. */
    public String word(String... words) {
        List<String> options = Stream.of(words).filter(word -> !word.isEmpty()).toList();
        declare(options.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", ")), words[0]);
        if (node == null) {
            return words[0];
        }
        String valid = "Write one of: " + String.join(", ", options) + ".";
        if (node instanceof YamlNode.Scalar scalar) {
            if (isToDo(scalar, " " + valid) || List.of(words).contains(scalar.value())) {
                return scalar.value();
            }
            String suggestion = NearestName.of(scalar.value(), List.of(words))
                    .map(name -> " Did you mean '" + name + "'?")
                    .orElse("");
            findings.error(
                    node.place(),
                    "value",
                    key + " is '" + scalar.value() + "', which is not valid. " + valid + suggestion);
            return words[0].isEmpty() ? scalar.value() : words[0];
        }
        wrongType(node, key + " is wrong", "a text", findings);
        return words[0];
    }

    /** True or false; false if it is absent. */
    boolean flag() {
        declare("`true`, `false`", "false");
        if (node == null) {
            return false;
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.isBoolean()) {
            return scalar.value().equals("true");
        }
        wrongValue(node, "true or false");
        return false;
    }

    /** A whole number; the default if it is absent. A default of 0 is no number. */
    int integer(int absent, int most) {
        declare("1 to " + most, absent == 0 ? "" : String.valueOf(absent));
        if (node == null) {
            return absent;
        }
        if (node instanceof YamlNode.Scalar scalar
                && scalar.isNumber()
                && scalar.value().matches("\\d{1,6}")) {
            int value = Integer.parseInt(scalar.value());
            if (value >= 1 && value <= most) {
                return value;
            }
        }
        wrongValue(node, "a whole number from 1 to " + most);
        return absent;
    }

    private void wrongValue(YamlNode value, String expected) {
        String shown = value instanceof YamlNode.Scalar scalar ? " '" + scalar.value() + "'" : "";
        findings.error(
                value.place(), "type", key + " must be " + expected + ", but it is " + value.kind() + shown + ".");
    }

    /** A list of texts. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items("list of texts", "")) {
            if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
                if (!isToDo(scalar, "")) {
                    texts.add(scalar.value());
                }
            } else {
                wrongType(item, "An entry of " + key + " is wrong", "a text", findings);
            }
        }
        return texts;
    }

    /** A list of texts and numbers as they are written. Null is left out. */
    List<String> values() {
        return items("list of texts", "").stream()
                .filter(item -> !(item instanceof YamlNode.Scalar scalar && scalar.isNull()))
                .map(Field::canonical)
                .toList();
    }

    /** A mapping from names to texts. */
    public Map<String, String> textMap() {
        declare("mapping of names to texts", "");
        Map<String, String> texts = new LinkedHashMap<>();
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries()
                    .forEach((name, value) -> texts.put(name, new Field(name, "", value, unlisted(), findings).text()));
        } else if (node != null) {
            wrongType(node, "This is " + key, "a mapping", findings);
        }
        return texts;
    }

    private KnownKeys unlisted() {
        return new KnownKeys(key, name -> {});
    }

    /**
     * Any value as one text that is the same for the same value; empty if it is absent.
     *
     * @param type the type for the documentation
     */
    String anything(String type) {
        declare(type, "");
        return node == null ? "" : canonical(node);
    }

    private static String canonical(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.value().strip().replaceAll("\\s+", " ");
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream().map(Field::canonical).toList().toString();
        }
        Map<String, String> texts = new TreeMap<>();
        ((YamlNode.Mapping) node).entries().forEach((name, value) -> texts.put(name, canonical(value)));
        return texts.toString();
    }

    /** The entries of a list. */
    List<YamlNode> items(String type, String inner) {
        keys.declare(key, type, inner, "", isNeeded, meaning);
        if (node == null) {
            return List.of();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        wrongType(node, key + " is wrong", "a list", findings);
        return List.of();
    }

    /** The value, which is a mapping; null if it is absent. */
    @Nullable
    YamlNode mapping(String inner) {
        keys.declare(key, "mapping", inner, "", isNeeded, meaning);
        return node;
    }

    private void declare(String type, String absent) {
        keys.declare(key, type, "", absent, isNeeded, meaning);
    }

    private boolean isToDo(YamlNode.Scalar scalar, String hint) {
        boolean open = scalar.value().startsWith("TODO");
        if (open) {
            findings.error(scalar.place(), "todo", key + " is still TODO." + hint);
        }
        return open;
    }

    static void wrongType(YamlNode node, String subject, String expected, Findings findings) {
        findings.error(node.place(), "type", subject + ". It must be " + expected + ", but it is " + node.kind() + ".");
    }
}
