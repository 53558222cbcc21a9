package io.catalogconnect.transforms;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Sends a record to the topic of the first condition that is true for it. The record's partition is cleared, because it
 * belongs to the topic that the record came with. A control record stays on its topic: one record cannot go to every topic that
 * the rows before it went to.
 *
 * <p>Safe for use by several threads at once; records are not changed, a routed one is new.
 *
 * @param <R> the kind of record
 */
public final class ConditionRouter<R extends ConnectRecord<R>> implements Transformation<R>, Versioned, Monitorable {
    /** What the documentation says. */
    public static final String OVERVIEW_DOC =
            "Send records to topics by an ordered list of conditions; the first that is true" + " wins.";

    /** Every key. */
    public static final ConfigDef CONFIG_DEF = RouterConfig.definition();

    private @Nullable RouterConfig config;

    /** For Connect, which makes it by reflection. */
    public ConditionRouter() {}

    @Override
    public void configure(Map<String, ?> props) {
        config = RouterConfig.of(props);
    }

    @Override
    public @Nullable R apply(R record) {
        RouterConfig settings = configured();
        if (ControlRecords.isControl(record)) {
            return record;
        }
        for (Rule route : settings.routes()) {
            if (matches(settings, route, record)) {
                return to(route.name(), record);
            }
        }
        return switch (settings.onNoMatch()) {
            case KEEP -> record;
            case DROP -> null;
            case DEFAULT -> to(settings.defaultTopic(), record);
            case FAIL ->
                throw RuleFailure.of(
                        "list of routes",
                        "no condition is true for it",
                        "Add a route, or set " + RouterConfig.ON_NO_MATCH + " to keep, drop or default",
                        record);
        };
    }

    private boolean matches(RouterConfig settings, Rule route, R record) {
        if (settings.skipsTombstones() && route.missesTheValueOf(record)) {
            return false;
        }
        return settings.policies().matches("route to '" + route.name() + "'", route, record);
    }

    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
        RuleMetrics.register(metrics, configured().routes());
    }

    private R to(String topic, R record) {
        return record.newRecord(
                topic,
                null,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                record.headers());
    }

    private RouterConfig configured() {
        if (config == null) {
            throw new IllegalStateException("configure has not been called");
        }
        return config;
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    @Override
    public void close() {}

    @Override
    public String version() {
        return PluginVersion.of(ConditionRouter.class);
    }
}
