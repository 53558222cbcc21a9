package io.catalogconnect.transforms;

import io.catalogconnect.transforms.config.RouterSettings;
import io.catalogconnect.transforms.rule.Rule;
import io.catalogconnect.transforms.rule.RuleFailure;
import java.util.Collection;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends a record to the topic of the first condition that is true for it. The partition of a routed record is cleared,
 * because it was chosen for the original topic. A control record stays on its topic: one record cannot go to every topic that
 * the rows before it went to.
 *
 * @param <R> the type of record
 */
public final class ConditionRouter<R extends ConnectRecord<R>> extends ConditionTransformation<R, RouterSettings> {
    /** Summary for the documentation. */
    public static final String OVERVIEW_DOC =
            "Sends records to topics by an ordered list of conditions. The first condition that is true selects the topic.";

    /** All keys. */
    public static final ConfigDef CONFIG_DEF = RouterSettings.TABLE.selfCheckingDefinition();

    /** For Connect, which creates instances by reflection. */
    public ConditionRouter() {
        super(CONFIG_DEF, RouterSettings.TABLE, RouterSettings::read);
    }

    @Override
    @Nullable
    R applyRules(RouterSettings current, R record) {
        for (Rule route : current.routes()) {
            if (current.policies().answer(route, record)) {
                return routed(route.name(), record);
            }
        }
        return switch (current.onNoMatch()) {
            case KEEP -> record;
            case DROP -> null;
            case DEFAULT -> routed(current.defaultTopic(), record);
            case FAIL ->
                throw RuleFailure.of(
                        "The list of routes has no match",
                        "no condition is true",
                        "Add a route, or set on.no.match to keep, drop or default",
                        record);
        };
    }

    private R routed(String topic, R record) {
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

    @Override
    protected Collection<Rule> rules(RouterSettings current) {
        return current.routes();
    }
}
