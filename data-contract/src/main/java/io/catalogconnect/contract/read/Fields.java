package io.catalogconnect.contract.read;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Places;
import io.catalogconnect.contract.yaml.YamlNode;
import io.catalogconnect.settings.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The keys of one mapping. Each key is read once, with its meaning. {@link #done} reports the keys that nothing has read. */
public final class Fields {
    /** The custom property that contains the keys of this project. */
    static final String EXTENSION = "catalogConnect";

    private static final String CUSTOM = "customProperties";

    private final Map<String, YamlNode> entries;
    private final Findings findings;
    private final Places places;
    private final KnownKeys keys;

    /**
     * Reads nothing yet.
     *
     * @param node null for a mapping that is absent
     * @param parent the place to report if the mapping is absent
     * @param where the mapping in messages: "a role"
     */
    public Fields(@Nullable YamlNode node, Place parent, String where, Findings findings) {
        this(node, parent, where, findings, key -> {});
    }

    /** @param listener gets each key when it is read */
    Fields(@Nullable YamlNode node, Place parent, String where, Findings findings, Consumer<DeclaredKey> listener) {
        this.findings = findings;
        this.keys = new KnownKeys(where, listener);
        Map<String, Place> values = new LinkedHashMap<>();
        if (node instanceof YamlNode.Mapping mapping) {
            entries = mapping.entries();
            entries.forEach((key, value) -> values.put(key, value.place()));
            places = new Places(mapping.place(), mapping.keys(), values);
        } else {
            entries = Map.of();
            places = new Places(node == null ? parent : node.place(), Map.of(), Map.of());
            if (node != null) {
                Field.wrongType(node, "This is " + where, "a mapping", findings);
            }
        }
    }

    private Fields(Fields same, String kind) {
        this.entries = same.entries;
        this.findings = same.findings;
        this.places = same.places;
        this.keys = same.keys.as(kind);
    }

    /** The same mapping, whose kind was found out: "an S3 server". */
    Fields as(String kind) {
        return new Fields(this, kind);
    }

    public Places places() {
        return places;
    }

    /** A key that is documented elsewhere. */
    public Field key(String key) {
        return key(key, "");
    }

    /** A key and its meaning in Markdown. */
    Field key(String key, String meaning) {
        return new Field(key, meaning, entries.get(key), keys, findings);
    }

    /** A list of mappings. */
    List<Fields> list(String key, String what, String meaning) {
        return key(key, meaning).items("list", what).stream()
                .map(item -> inside(item, places.own(), what))
                .toList();
    }

    /** A mapping that is documented elsewhere; an empty one if it is absent. */
    public Fields inner(String key, String what) {
        return inner(key, what, "");
    }

    /** A mapping; an empty one if it is absent. */
    Fields inner(String key, String what, String meaning) {
        return inside(key(key, meaning).mapping(what), places.value(key), what);
    }

    private Fields inside(@Nullable YamlNode node, Place parent, String what) {
        return new Fields(node, parent, what, findings, keys.listener());
    }

    /** A mapping from names to mappings. */
    public Map<String, Fields> inners(String key, String what) {
        Map<String, Fields> mappings = new LinkedHashMap<>();
        Fields all = inner(key, key);
        all.entries.forEach((name, node) -> mappings.put(name, inside(node, all.places.own(), what)));
        return mappings;
    }

    /** True if a key is present. */
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The value of the custom property {@code catalogConnect}; an empty mapping if it is absent. */
    Fields extension() {
        String level = EXTENSION + " of " + keys.level();
        YamlNode found = null;
        for (YamlNode item : key(CUSTOM, "Custom properties. Only the value of `property: catalogConnect` is read.")
                .items("list", level)) {
            Fields custom = new Fields(item, places.own(), "a custom property", findings);
            String name = custom.key("property").needed().text();
            custom.ignore("id", "description", "value").done();
            if (name.equals(EXTENSION)) {
                found = custom.entries.get("value");
            } else if (NearestName.of(name, List.of(EXTENSION)).isPresent()) {
                findings.warning(
                        custom.places.value("property"),
                        "unknown-key",
                        "The custom property '" + name + "' is not read. Did you mean '" + EXTENSION + "'?");
            }
        }
        return inside(found, places.own(), level);
    }

    /** Declares keys of the standard that are documentation. */
    Fields ignore(String... names) {
        for (String name : names) {
            keys.add(name);
            keys.declare(name, "", "", "", false, "");
        }
        return this;
    }

    /** Reports the keys that nothing has read, and the keys that are missing. A misspelled key is reported once. */
    public void done() {
        keys.report(entries.keySet(), places, findings);
    }
}
