package io.catalogconnect.transforms;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Configuration of {@link ConditionRouter}. Immutable. */
record RouterConfig(
        List<Rule> routes, NoMatch onNoMatch, String defaultTopic, RulePolicies policies, boolean skipsTombstones) {

    static final String ROUTES = "routes";
    static final String ON_NO_MATCH = "on.no.match";
    static final String DEFAULT_TOPIC = "default.topic";
    static final String TOPICS_ALLOWED = "topics.allowed";

    /** What happens to a record for which no condition is true. */
    enum NoMatch {
        KEEP,
        DROP,
        DEFAULT,
        FAIL
    }

    RouterConfig {
        routes = List.copyOf(routes);
    }

    static ConfigDef definition() {
        ConfigDef def = new ConfigDef();
        RuleKeys.defineList(
                def,
                ROUTES,
                ConfigDef.NO_DEFAULT_VALUE,
                RuleKeys.Naming.ROUTE,
                1,
                "The routes in the order in which they are tried, one entry a line, as in 'products.team-a: present(value.image)'."
                        + " The first condition that is true gives the topic.",
                "Routes");
        RuleKeys.defineChoice(
                def,
                ON_NO_MATCH,
                NoMatch.KEEP,
                2,
                RuleKeys.RULES,
                "What happens to a record for which no condition is true: keep it on its topic, drop it, send it to "
                        + DEFAULT_TOPIC + " (default), or fail.",
                "On no match");
        def.define(
                        DEFAULT_TOPIC,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Where records go for which no condition is true, with " + ON_NO_MATCH + "=default.",
                        RuleKeys.RULES,
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
                        RuleKeys.RULES,
                        4,
                        Width.LONG,
                        "Allowed topics");
        RuleKeys.defineFields(def);
        RulePolicies.define(def);
        return RuleKeys.defineChoice(
                def,
                RuleKeys.ON_TOMBSTONE,
                Tombstones.SKIP,
                3,
                RuleKeys.POLICIES,
                "What happens to a record without a value at a route that asks for the value: skip the route, or evaluate its"
                        + " condition.",
                "On tombstone");
    }

    static RouterConfig of(Map<String, ?> props) {
        AbstractConfig config = new AbstractConfig(definition(), props, false);
        List<Rule> routes = RuleKeys.list(
                ROUTES,
                RuleKeys.Naming.ROUTE,
                config.getString(ROUTES),
                RuleKeys.fields(config.getString(RuleKeys.FIELDS)));
        if (routes.isEmpty()) {
            throw new ConfigException("Configuration " + ROUTES + " has no entry; write 'topic: condition' on a line");
        }
        NoMatch onNoMatch = RuleKeys.choice(NoMatch.class, config.getString(ON_NO_MATCH));
        String defaultTopic = config.getString(DEFAULT_TOPIC);
        if ((onNoMatch == NoMatch.DEFAULT) == defaultTopic.isBlank()) {
            throw new ConfigException("Configuration " + DEFAULT_TOPIC + " is set together with " + ON_NO_MATCH
                    + "=default, and only then");
        }
        List<String> allowed = config.getList(TOPICS_ALLOWED);
        routes.forEach(route -> requireAllowed(route.name(), allowed));
        if (!defaultTopic.isBlank()) {
            requireAllowed(defaultTopic, allowed);
        }
        return new RouterConfig(
                routes, onNoMatch, defaultTopic, RulePolicies.of(config), Tombstones.of(config) == Tombstones.SKIP);
    }

    private static void requireAllowed(String topic, List<String> allowed) {
        if (!allowed.isEmpty() && !allowed.contains(topic)) {
            throw new ConfigException(
                    "Topic '" + topic + "' is not in " + TOPICS_ALLOWED + ": " + String.join(", ", allowed));
        }
    }
}
