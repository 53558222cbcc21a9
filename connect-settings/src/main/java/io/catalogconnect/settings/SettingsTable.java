package io.catalogconnect.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * All keys of a plugin, in groups, with the checks that need several keys. Immutable after {@link Builder#build()}.
 *
 * <p>A check runs when every value it reads is valid; otherwise the invalid value is reported at its own key, and the check
 * says nothing. So a person sees all errors at once, and no error twice.
 */
public final class SettingsTable {

    /** Looks at several keys together. */
    @FunctionalInterface
    public interface Check {
        /** Adds what is wrong to the problems. */
        void run(Settings settings, Problems problems);
    }

    private final Map<String, List<Setting<?>>> groups;
    private final List<Check> checks;
    private final Map<String, String> equivalents;

    private SettingsTable(Builder builder) {
        this.groups = new LinkedHashMap<>(builder.groups);
        this.checks = List.copyOf(builder.checks);
        this.equivalents = Map.copyOf(builder.equivalents);
    }

    /** The keys for a connector, whose {@code validate} calls {@link #validate}. */
    public ConfigDef definition() {
        return define(setting -> new Recommender(setting, values -> {}));
    }

    /**
     * The keys for a transformation or predicate. Connect asks these for a definition only, so the checks of several keys run
     * where Connect lets one key see the others: in its recommender.
     */
    public ConfigDef selfCheckingDefinition() {
        return define(setting -> new Recommender(setting, values -> {
            Set<String> messages =
                    problems(new Settings(values, Map.of())).byKey().get(setting.name());
            if (messages != null && isValid(setting, values.get(setting.name()))) {
                throw new ConfigException(String.join("\n", messages));
            }
        }));
    }

    private ConfigDef define(Function<Setting<?>, ConfigDef.Recommender> recommenders) {
        ConfigDef definition = new ConfigDef();
        groups.forEach((group, settings) -> {
            int order = 0;
            for (Setting<?> setting : settings) {
                setting.defineIn(definition, group, ++order, recommenders.apply(setting));
            }
        });
        return definition;
    }

    /**
     * Reads a configuration.
     *
     * @param properties the configuration as Connect hands it to a plugin
     * @throws ConfigException that lists everything that is wrong
     */
    public Settings parse(Map<String, ?> properties) {
        Map<String, String> texts = new HashMap<>();
        properties.forEach((name, value) -> {
            if (value != null) {
                texts.put(name, value.toString());
            }
        });
        List<ConfigValue> results = check(texts);
        List<String> messages = results.stream()
                .flatMap(value -> value.errorMessages().stream())
                .toList();
        if (!messages.isEmpty()) {
            throw new ConfigException(
                    messages.size() == 1
                            ? messages.get(0)
                            : "The configuration has " + messages.size() + " errors:\n- "
                                    + String.join("\n- ", messages));
        }
        return settings(results, texts);
    }

    /**
     * Checks a configuration for {@code Connector.validate}. Each error stands at its key, keys of other connectors for which
     * this plugin has an equivalent included.
     */
    public Config validate(Map<String, String> properties) {
        List<ConfigValue> results = check(properties);
        properties.forEach((name, value) -> {
            String equivalent = equivalents.get(name);
            if (equivalent != null) {
                results.add(new ConfigValue(
                        name, value, List.of(), List.of(name + " is a key of another connector. " + equivalent)));
            }
        });
        return new Config(results);
    }

    private List<ConfigValue> check(Map<String, String> properties) {
        List<ConfigValue> results = new ArrayList<>(definition().validate(properties));
        results.sort(Comparator.comparing(result -> names().indexOf(result.name())));
        Map<String, Set<String>> problems =
                problems(settings(results, properties)).byKey();
        for (ConfigValue result : results) {
            problems.getOrDefault(result.name(), Set.of()).forEach(result::addErrorMessage);
        }
        return results;
    }

    private static Settings settings(List<ConfigValue> results, Map<String, String> properties) {
        Map<String, @Nullable Object> values = new HashMap<>();
        results.forEach(result -> values.put(result.name(), result.value()));
        return new Settings(values, properties);
    }

    private Problems problems(Settings settings) {
        Problems problems = new Problems();
        for (Check check : checks) {
            try {
                check.run(settings, problems);
            } catch (Settings.InvalidValueException ignored) {
                // The value's own error is reported at its key.
            }
        }
        return problems;
    }

    private static boolean isValid(Setting<?> setting, @Nullable Object value) {
        try {
            setting.parse(value);
            return true;
        } catch (ConfigException e) {
            return false;
        }
    }

    /**
     * A sentence for each key that neither this table nor Connect uses, with the key that was probably meant.
     *
     * @param properties a whole connector configuration
     */
    public List<String> unusedKeys(Map<String, String> properties) {
        List<String> names = names();
        return UnusedKeys.in(properties.keySet(), names).stream()
                .map(name -> equivalents.containsKey(name)
                        ? name + " is not used: it is a key of another connector. " + equivalents.get(name)
                        : UnusedKeys.sentence(name, names))
                .toList();
    }

    /** All keys, in order. */
    public List<String> names() {
        return groups.values().stream()
                .flatMap(List::stream)
                .<String>map(Setting::name)
                .toList();
    }

    /** Starts a table. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a table. */
    public static final class Builder {
        private final Map<String, List<Setting<?>>> groups = new LinkedHashMap<>();
        private final List<Check> checks = new ArrayList<>();
        private final Map<String, String> equivalents = new HashMap<>();

        private Builder() {}

        /** Adds keys to a group, in the order in which they are shown. */
        public Builder group(String name, Setting<?>... settings) {
            groups.computeIfAbsent(name, group -> new ArrayList<>()).addAll(List.of(settings));
            return this;
        }

        /** Adds a check of several keys. */
        public Builder check(Check check) {
            checks.add(check);
            return this;
        }

        /**
         * Adds keys that other connectors have.
         *
         * @param advice by key, a sentence that names this plugin's equivalent
         */
        public Builder keysOfOthers(Map<String, String> advice) {
            equivalents.putAll(advice);
            return this;
        }

        /** The table. */
        public SettingsTable build() {
            return new SettingsTable(this);
        }
    }

    private record Recommender(Setting<?> setting, Consumer<Map<String, @Nullable Object>> check)
            implements ConfigDef.Recommender {

        @Override
        public List<Object> validValues(String name, Map<String, Object> values) {
            check.accept(new HashMap<>(values));
            return new ArrayList<>(setting.recommendedValues());
        }

        @Override
        public boolean visible(String name, Map<String, Object> values) {
            return true;
        }
    }
}
