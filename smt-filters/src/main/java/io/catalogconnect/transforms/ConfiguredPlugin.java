package io.catalogconnect.transforms;

import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import io.catalogconnect.transforms.rule.Rule;
import io.catalogconnect.transforms.rule.RuleMetrics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.components.Versioned;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of Connect's plugin API that all transformations and the predicate share. A subclass that implements
 * {@code Transformation} or {@code Predicate} adds the handling of a record only. Thread-safe at once
 * after {@link #configure}.
 *
 * @param <S> the settings, immutable
 */
public abstract class ConfiguredPlugin<S> implements Versioned, Monitorable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredPlugin.class);

    /** Keys in a plugin's configuration that Connect reads. */
    private static final List<String> CONNECT = List.of("type", "predicate", "negate", "plugin.version");

    private final ConfigDef definition;
    private final SettingsTable table;
    private final Function<Settings, S> reader;
    private @Nullable S settings;

    /**
     * Creates a plugin that is not configured yet.
     *
     * @param definition the table's keys for Connect
     * @param reader reads the valid values of the table's keys
     */
    protected ConfiguredPlugin(ConfigDef definition, SettingsTable table, Function<Settings, S> reader) {
        this.definition = definition;
        this.table = table;
        this.reader = reader;
    }

    /**
     * Reads the configuration, and logs a warning for each key that is not used.
     *
     * @throws org.apache.kafka.common.config.ConfigException that lists all errors
     */
    public final void configure(Map<String, ?> properties) {
        settings = reader.apply(table.parse(properties));
        Map<String, String> own = new HashMap<>();
        properties.forEach((name, value) -> own.put(name, String.valueOf(value)));
        own.keySet().removeAll(CONNECT);
        table.unusedKeys(own).forEach(sentence -> LOG.warn("{}: {}", getClass().getSimpleName(), sentence));
    }

    /** The settings. */
    protected final S settings() {
        if (settings == null) {
            throw new IllegalStateException("configure has not been called");
        }
        return settings;
    }

    /** The rules whose counters are metrics of the worker. */
    protected abstract Collection<Rule> rules(S current);

    @Override
    public final void withPluginMetrics(PluginMetrics metrics) {
        RuleMetrics.register(metrics, rules(settings()));
        registerMetrics(metrics, settings());
    }

    /** Registers metrics besides the counters of the rules. */
    protected void registerMetrics(PluginMetrics metrics, S current) {}

    /** The keys, for validation by Connect. */
    public final ConfigDef config() {
        return definition;
    }

    /** Does nothing: a plugin holds no resources. */
    public final void close() {}

    @Override
    public final String version() {
        String version = ConfiguredPlugin.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
