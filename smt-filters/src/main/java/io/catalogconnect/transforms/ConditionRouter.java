package io.catalogconnect.transforms;

import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.Verdict;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Sends a record to the topic of the first condition that is true for it. The record's partition is cleared, because it
 * belongs to the topic that the record came with.
 *
 * <p>Safe for use by several threads at once; records are not changed, a routed one is new.
 *
 * @param <R> the kind of record
 */
public final class ConditionRouter<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {
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
        for (Condition route : settings.routes()) {
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

    private boolean matches(RouterConfig settings, Condition route, R record) {
        if (record.value() == null && settings.skipsTombstones() && route.asksForValue()) {
            return false;
        }
        Verdict verdict = route.evaluate(record);
        return switch (verdict.kind()) {
            case MATCH -> true;
            case NO_MATCH -> false;
            case NULL -> undecided(settings.onNull(), RouterConfig.ON_NULL, route, verdict, record);
            case MISSING -> undecided(settings.onMissingField(), RouterConfig.ON_MISSING_FIELD, route, verdict, record);
            case ERROR -> throw failure(route, verdict, "Correct the rule", record);
        };
    }

    private boolean undecided(RulePolicy policy, String key, Condition route, Verdict verdict, R record) {
        if (policy == RulePolicy.SKIP) {
            return false;
        }
        throw failure(
                route,
                verdict,
                "Guard it in the rule, as in present(...) && ..., or set " + key
                        + " to skip, which goes on with the next route",
                record);
    }

    private DataException failure(Condition route, Verdict verdict, String advice, R record) {
        return RuleFailure.of("route to '" + route.name() + "'", verdict.detail(), advice, record);
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
