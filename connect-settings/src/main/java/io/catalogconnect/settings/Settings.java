package io.catalogconnect.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a table's keys in one configuration. Immutable. */
public final class Settings {

    private final Map<String, @Nullable Object> values;
    private final Map<String, String> properties;

    Settings(Map<String, @Nullable Object> values, Map<String, String> properties) {
        this.values = values;
        this.properties = Map.copyOf(properties);
    }

    /**
     * The value of a key, or its default.
     *
     * @throws InvalidValueException if the value is not valid; {@link SettingsTable} reports it at its key
     */
    public <T> T get(Setting<T> setting) {
        if (!values.containsKey(setting.name())) {
            throw new IllegalArgumentException("No table defines " + setting.name());
        }
        try {
            return setting.parse(values.get(setting.name()));
        } catch (RuntimeException e) {
            throw new InvalidValueException(setting.name(), e);
        }
    }

    /** The text of a key that Connect defines, such as {@code errors.tolerance}; empty when it is not set. */
    public String connectProperty(String name) {
        return properties.getOrDefault(name, "");
    }

    /** A check asked for a value that is reported as invalid at its own key. */
    static final class InvalidValueException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        InvalidValueException(String name, RuntimeException cause) {
            super(name + " is not valid", cause);
        }
    }
}
