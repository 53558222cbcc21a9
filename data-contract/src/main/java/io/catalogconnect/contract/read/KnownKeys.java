package io.catalogconnect.contract.read;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.Places;
import io.catalogconnect.settings.NearestName;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The keys that a reader has declared for one mapping. Passes each declaration to a listener. */
final class KnownKeys {
    private static final int MOST_LISTED = 12;

    private final String level;
    private final Consumer<DeclaredKey> listener;
    private final Set<String> known;
    private final Set<String> missing;

    KnownKeys(String level, Consumer<DeclaredKey> listener) {
        this(level, listener, new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    private KnownKeys(String level, Consumer<DeclaredKey> listener, Set<String> known, Set<String> missing) {
        this.level = level;
        this.listener = listener;
        this.known = known;
        this.missing = missing;
    }

    String level() {
        return level;
    }

    Consumer<DeclaredKey> listener() {
        return listener;
    }

    /** The same keys of a mapping whose kind was found out. */
    KnownKeys as(String kind) {
        return new KnownKeys(kind, listener, known, missing);
    }

    void add(String key) {
        known.add(key);
    }

    void addMissing(String key) {
        missing.add(key);
    }

    void declare(String key, String type, String inner, String absent, boolean isNeeded, String meaning) {
        listener.accept(new DeclaredKey(level, key, type, inner, absent, isNeeded, meaning));
    }

    /** Reports the keys that are not known, and the keys that are missing. A misspelled key is reported once. */
    void report(Set<String> keys, Places places, Findings findings) {
        for (String key : keys) {
            if (!known.contains(key)) {
                Optional<String> nearest = NearestName.of(key, known);
                nearest.ifPresent(missing::remove);
                findings.error(
                        places.key(key),
                        "unknown-key",
                        "Unknown key '" + key + "' in " + level + "."
                                + nearest.map(name -> " Did you mean '" + name + "'?")
                                        .orElse(
                                                known.size() > MOST_LISTED
                                                        ? ""
                                                        : " The keys are: " + String.join(", ", known) + "."));
            }
        }
        missing.forEach(
                key -> findings.error(places.own(), "missing", "The key '" + key + "' is missing in " + level + "."));
    }
}
