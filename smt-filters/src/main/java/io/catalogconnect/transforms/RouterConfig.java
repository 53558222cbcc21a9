package io.catalogconnect.transforms;

import io.catalogconnect.transforms.condition.Condition;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Configuration of {@link ConditionRouter}. Immutable. */
record RouterConfig(
        List<Condition> routes,
        NoMatch onNoMatch,
        String defaultTopic,
        RulePolicy onNull,
        RulePolicy onMissingField,
        boolean skipsTombstones) {

    static final String ROUTES = "routes";
    static final String ON_NO_MATCH = "on.no.match";
    static final String DEFAULT_TOPIC = "default.topic";
    static final String TOPICS_ALLOWED = "topics.allowed";
    static final String ON_NULL = "on.null";
    static final String ON_MISSING_FIELD = "on.missing.field";
    static final String ON_TOMBSTONE = "on.tombstone";

    /** What happens to a record for which no condition is true. */
    enum NoMatch {
        KEEP,
        DROP,
        DEFAULT,
        FAIL
    }

    private enum Tombstones {
        SKIP,
        EVALUATE
    }

    RouterConfig {
        routes = List.copyOf(routes);
    }

    static ConfigDef definition() {
        String rules = "Rules";
        String policies = "Policies";
        return new ConfigDef()
                .define(
                        ROUTES,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConditionValidators.routes(),
                        Importance.HIGH,
                        "The routes in the order in which they are tried, one entry a line, as in"
                                + " 'products.team-a: present(value.image)'. The first condition that is true gives the topic. A"
                                + " line that begins with a space goes on with the entry above it, a line that begins with # is a"
                                + " remark.",
                        rules,
                        1,
                        Width.LONG,
                        "Routes")
                .define(
                        ON_NO_MATCH,
                        ConfigDef.Type.STRING,
                        "keep",
                        ConditionValidators.oneOf(NoMatch.class),
                        Importance.HIGH,
                        "What happens to a record for which no condition is true: keep it on its topic, drop it, send it to "
                                + DEFAULT_TOPIC + " (default), or fail.",
                        rules,
                        2,
                        Width.SHORT,
                        "On no match")
                .define(
                        DEFAULT_TOPIC,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Where records go for which no condition is true, with " + ON_NO_MATCH + "=default.",
                        rules,
                        3,
                        Width.MEDIUM,
                        "Default topic")
                .define(
                        TOPICS_ALLOWED,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "The topics that routes may name; with none given every topic is allowed. Whoever may edit the routes but"
                                + " not this key cannot write elsewhere.",
                        rules,
                        4,
                        Width.LONG,
                        "Allowed topics")
                .define(
                        ON_NULL,
                        ConfigDef.Type.STRING,
                        "fail",
                        ConditionValidators.oneOf(RulePolicy.class),
                        Importance.MEDIUM,
                        "What happens to a record with a null where a condition needs a value: fail, or skip the route and try the"
                                + " next one.",
                        policies,
                        1,
                        Width.SHORT,
                        "On null")
                .define(
                        ON_MISSING_FIELD,
                        ConfigDef.Type.STRING,
                        "fail",
                        ConditionValidators.oneOf(RulePolicy.class),
                        Importance.MEDIUM,
                        "What happens to a record that does not have a field that a condition asks for: fail, or skip the route"
                                + " and try the next one.",
                        policies,
                        2,
                        Width.SHORT,
                        "On missing field")
                .define(
                        ON_TOMBSTONE,
                        ConfigDef.Type.STRING,
                        "skip",
                        ConditionValidators.oneOf(Tombstones.class),
                        Importance.MEDIUM,
                        "What happens to a record without a value at a route that asks for the value: skip the route, or evaluate"
                                + " its condition.",
                        policies,
                        3,
                        Width.SHORT,
                        "On tombstone");
    }

    static RouterConfig of(Map<String, ?> props) {
        AbstractConfig config = new AbstractConfig(definition(), props, false);
        List<Condition> routes = ConditionValidators.ordered(config.getString(ROUTES));
        if (routes.isEmpty()) {
            throw new ConfigException("Configuration " + ROUTES + " has no entry; write 'topic: condition' on a line");
        }
        NoMatch onNoMatch = ConditionValidators.choice(NoMatch.class, config.getString(ON_NO_MATCH));
        String defaultTopic = config.getString(DEFAULT_TOPIC);
        if ((onNoMatch == NoMatch.DEFAULT) == defaultTopic.isBlank()) {
            throw new ConfigException("Configuration " + DEFAULT_TOPIC + " is set together with " + ON_NO_MATCH
                    + "=default, and only then");
        }
        List<String> allowed = config.getList(TOPICS_ALLOWED);
        for (Condition route : routes) {
            requireAllowed(route.name(), allowed);
        }
        if (!defaultTopic.isBlank()) {
            requireAllowed(defaultTopic, allowed);
        }
        return new RouterConfig(
                routes,
                onNoMatch,
                defaultTopic,
                ConditionValidators.choice(RulePolicy.class, config.getString(ON_NULL)),
                ConditionValidators.choice(RulePolicy.class, config.getString(ON_MISSING_FIELD)),
                ConditionValidators.choice(Tombstones.class, config.getString(ON_TOMBSTONE)) == Tombstones.SKIP);
    }

    private static void requireAllowed(String topic, List<String> allowed) {
        if (!allowed.isEmpty() && !allowed.contains(topic)) {
            throw new ConfigException(
                    "Topic '" + topic + "' is not in " + TOPICS_ALLOWED + ": " + String.join(", ", allowed));
        }
    }
}
