package io.catalogconnect.settings;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The errors of a configuration by key, in the order of their detection. Not thread-safe. */
public final class Problems {

    private final Map<String, Set<String>> byKey = new LinkedHashMap<>();

    Problems() {}

    /**
     * Reports a problem.
     *
     * @param setting the key at which it is shown
     * @param message continues the key's name: what is wrong, and how to correct it
     */
    public void add(Setting<?> setting, String message) {
        add(setting.name(), setting.name() + " " + message);
    }

    void add(String key, String message) {
        byKey.computeIfAbsent(key, name -> new LinkedHashSet<>()).add(message);
    }

    Map<String, Set<String>> byKey() {
        return byKey;
    }
}
