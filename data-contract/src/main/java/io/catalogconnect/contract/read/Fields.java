package io.catalogconnect.contract.read;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Places;
import io.catalogconnect.contract.yaml.YamlNode;
import io.catalogconnect.settings.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one mapping. Each key is read once by a method for its type, which reports a wrong type. {@link #done} reports
 * the keys that nothing has read. Absent values are empty.
 */
public final class Fields {
    /** The custom property that contains the keys of this project. */
    static final String EXTENSION = "catalogConnect";

    private static final int MOST_LISTED = 12;
    private static final String CUSTOM = "customProperties";

    private final Map<String, YamlNode> entries;
    private final String where;
    private final Findings findings;
    private final Places places;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();

    /**
     * Reads nothing yet.
     *
     * @param node null for a mapping that is absent
     * @param parent the place to report if the mapping is absent
     * @param where the mapping in messages: "a role"
     */
    public Fields(@Nullable YamlNode node, Place parent, String where, Findings findings) {
        this.where = where;
        this.findings = findings;
        Map<String, Place> values = new LinkedHashMap<>();
        if (node instanceof YamlNode.Mapping mapping) {
            entries = mapping.entries();
            entries.forEach((key, value) -> values.put(key, value.place()));
            places = new Places(mapping.place(), mapping.keys(), values);
        } else {
            entries = Map.of();
            places = new Places(node == null ? parent : node.place(), Map.of(), Map.of());
            if (node != null) {
                wrongType(node, "This is " + where, "a mapping");
            }
        }
    }

    public Places places() {
        return places;
    }

    /** A text or a number as it is written; empty if it is absent. */
    public String text(String key) {
        YamlNode node = take(key);
        if (node == null) {
            return "";
        }
        if (node instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            return isToDo(scalar, key, "") ? "" : scalar.value();
        }
        wrongType(node, key + " is wrong", "a text");
        return "";
    }

    /** A text that must not be absent. */
    public String needed(String key) {
        if (entries.get(key) == null) {
            missing.add(key);
        }
        return text(key);
    }

    /** One of several words; the first is the default. If that is empty, a value that is not valid is returned as it is. */
    public String word(String key, String... words) {
        YamlNode node = take(key);
        if (node == null) {
            return words[0];
        }
        String valid = "Write one of: " + String.join(", ", words).replaceFirst("^, ", "") + ".";
        if (node instanceof YamlNode.Scalar scalar) {
            if (isToDo(scalar, key, " " + valid) || List.of(words).contains(scalar.value())) {
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
        wrongType(node, key + " is wrong", "a text");
        return words[0];
    }

    /** True or false; false if it is absent. */
    public boolean flag(String key) {
        YamlNode node = take(key);
        if (node == null) {
            return false;
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.isBoolean()) {
            return scalar.value().equals("true");
        }
        String shown = node instanceof YamlNode.Scalar scalar ? " '" + scalar.value() + "'" : "";
        findings.error(node.place(), "type", key + " must be true or false, but it is " + node.kind() + shown + ".");
        return false;
    }

    /** A whole number; the default if it is absent. */
    int integer(String key, int absent, int most) {
        YamlNode node = take(key);
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
        String shown = node instanceof YamlNode.Scalar scalar ? " '" + scalar.value() + "'" : "";
        findings.error(
                node.place(),
                "type",
                key + " must be a whole number from 1 to " + most + ", but it is " + node.kind() + shown + ".");
        return absent;
    }

    /** A list of texts. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items(key)) {
            if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
                if (!isToDo(scalar, key, "")) {
                    texts.add(scalar.value());
                }
            } else {
                wrongType(item, "An entry of " + key + " is wrong", "a text");
            }
        }
        return texts;
    }

    /** A list of texts and numbers as they are written. Null is left out. */
    List<String> values(String key) {
        return items(key).stream()
                .filter(item -> !(item instanceof YamlNode.Scalar scalar && scalar.isNull()))
                .map(Fields::canonical)
                .toList();
    }

    /** A mapping from names to texts. */
    public Map<String, String> textMap(String key) {
        YamlNode node = take(key);
        Map<String, String> texts = new LinkedHashMap<>();
        if (node == null) {
            return texts;
        }
        Fields inner = new Fields(node, places.own(), key, findings);
        inner.entries.keySet().forEach(name -> texts.put(name, inner.text(name)));
        return texts;
    }

    /** Any value as one text that is the same for the same value; empty if it is absent. */
    String anything(String key) {
        YamlNode node = take(key);
        return node == null ? "" : canonical(node);
    }

    private static String canonical(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.value().strip().replaceAll("\\s+", " ");
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream().map(Fields::canonical).toList().toString();
        }
        Map<String, String> texts = new TreeMap<>();
        ((YamlNode.Mapping) node).entries().forEach((key, value) -> texts.put(key, canonical(value)));
        return texts.toString();
    }

    /** A list of mappings. */
    List<Fields> list(String key, String what) {
        return items(key).stream()
                .map(item -> new Fields(item, places.own(), what, findings))
                .toList();
    }

    /** A mapping; an empty one if it is absent. */
    public Fields inner(String key, String what) {
        return new Fields(take(key), places.value(key), what, findings);
    }

    /** A mapping from names to mappings. */
    public Map<String, Fields> inners(String key, String what) {
        Map<String, Fields> mappings = new LinkedHashMap<>();
        Fields all = inner(key, key);
        all.entries.forEach((name, node) -> mappings.put(name, new Fields(node, all.places.own(), what, findings)));
        return mappings;
    }

    /** True if a key is present. */
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The value of the custom property {@code catalogConnect}; an empty mapping if it is absent. */
    Fields extension() {
        YamlNode found = null;
        for (Fields custom : list(CUSTOM, "a custom property")) {
            String name = custom.needed("property");
            custom.ignore("id", "description", "value");
            custom.done();
            if (name.equals(EXTENSION)) {
                found = custom.entries.get("value");
            } else if (NearestName.of(name, List.of(EXTENSION)).isPresent()) {
                findings.warning(
                        custom.places.value("property"),
                        "unknown-key",
                        "The custom property '" + name + "' is not read. Did you mean '" + EXTENSION + "'?");
            }
        }
        return new Fields(found, places.own(), EXTENSION + " of " + where, findings);
    }

    /** Declares keys of the standard that need no checks here. */
    Fields ignore(String... keys) {
        known.addAll(List.of(keys));
        return this;
    }

    /** Reports the keys that nothing has read, and the keys that are missing. A misspelled key is reported once. */
    public void done() {
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                Optional<String> nearest = NearestName.of(key, known);
                nearest.ifPresent(missing::remove);
                findings.error(
                        places.key(key),
                        "unknown-key",
                        "Unknown key '" + key + "' in " + where + "."
                                + nearest.map(name -> " Did you mean '" + name + "'?")
                                        .orElse(
                                                known.size() > MOST_LISTED
                                                        ? ""
                                                        : " The keys are: " + String.join(", ", known) + "."));
            }
        }
        missing.forEach(
                key -> findings.error(places.own(), "missing", "The key '" + key + "' is missing in " + where + "."));
    }

    private List<YamlNode> items(String key) {
        YamlNode node = take(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        wrongType(node, key + " is wrong", "a list");
        return List.of();
    }

    private @Nullable YamlNode take(String key) {
        known.add(key);
        return entries.get(key);
    }

    private void wrongType(YamlNode node, String subject, String expected) {
        findings.error(node.place(), "type", subject + ". It must be " + expected + ", but it is " + node.kind() + ".");
    }

    private boolean isToDo(YamlNode.Scalar scalar, String key, String hint) {
        boolean open = scalar.value().startsWith("TODO");
        if (open) {
            findings.error(scalar.place(), "todo", key + " is still TODO." + hint);
        }
        return open;
    }
}
