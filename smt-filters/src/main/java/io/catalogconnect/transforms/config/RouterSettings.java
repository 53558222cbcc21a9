package io.catalogconnect.transforms.config;

import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import io.catalogconnect.transforms.condition.ConditionText;
import io.catalogconnect.transforms.rule.Rule;
import io.catalogconnect.transforms.rule.RulePolicies;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * Settings of {@code ConditionRouter}. Immutable.
 *
 * @param defaultTopic the topic for records without a match if {@code onNoMatch} is {@code DEFAULT}, otherwise empty
 */
public record RouterSettings(List<Rule> routes, NoMatch onNoMatch, String defaultTopic, RulePolicies policies) {

    /** The handling of a record for which no condition is true. */
    public enum NoMatch {
        /** It keeps its topic. */
        KEEP,
        /** It is dropped. */
        DROP,
        /** It goes to the default topic. */
        DEFAULT,
        /** An exception. */
        FAIL
    }

    private static final Setting<List<ConditionText>> ROUTES = RuleKeys.list("routes", RuleKeys.Naming.ROUTE)
            .described(
                    Importance.HIGH,
                    "Routes",
                    "Routes in the order in which they are tried, one entry per line, for example"
                            + " `products.team-a: present(value.image)`. The first condition that is true selects the topic."
                            + RuleKeys.LIST_SYNTAX);
    private static final Setting<NoMatch> ON_NO_MATCH = Setting.word("on.no.match", NoMatch.KEEP)
            .described(
                    Importance.MEDIUM,
                    "On no match",
                    "Handling of a record for which no condition is true: `keep` does not change its topic, `drop`"
                            + " drops it, `default` sends it to `default.topic`, `fail` stops the task.");
    private static final Setting<Optional<String>> DEFAULT_TOPIC = Setting.text("default.topic")
            .optional()
            .described(
                    Importance.MEDIUM,
                    "Default topic",
                    "Topic of the records for which no condition is true. Set this key only with"
                            + " `on.no.match=default`.");
    private static final Setting<List<String>> TOPICS_ALLOWED = Setting.list("topics.allowed", "topics", topic -> topic)
            .wide(Width.LONG)
            .described(
                    Importance.MEDIUM,
                    "Allowed topics",
                    "Topics that `routes` and `default.topic` may name. If it is empty, all topics are allowed. Use"
                            + " it if some users may edit the routes, but not this key.");
    private static final PolicyKeys POLICIES = PolicyKeys.ofSeveralRules();

    /** All keys. */
    public static final SettingsTable TABLE = SettingsTable.builder()
            .group(RuleKeys.RULES, ROUTES, ON_NO_MATCH, DEFAULT_TOPIC, TOPICS_ALLOWED, RuleKeys.FIELDS)
            .group(PolicyKeys.POLICIES, POLICIES.onNull(), POLICIES.onMissingField(), POLICIES.onTombstone())
            .check(RuleKeys.fitFields(ROUTES))
            .check((settings, problems) -> {
                boolean isUsed = settings.get(ON_NO_MATCH) == NoMatch.DEFAULT;
                if (isUsed != settings.get(DEFAULT_TOPIC).isPresent()) {
                    problems.add(
                            DEFAULT_TOPIC,
                            (isUsed
                                            ? "is not set, but on.no.match is default"
                                            : "is set, but on.no.match is not default")
                                    + ". Set both or neither");
                }
            })
            .check((settings, problems) ->
                    requireAllowed(ROUTES, settings.get(ROUTES).stream().map(ConditionText::name), settings, problems))
            .check((settings, problems) ->
                    requireAllowed(DEFAULT_TOPIC, settings.get(DEFAULT_TOPIC).stream(), settings, problems))
            .build();

    public RouterSettings {
        routes = List.copyOf(routes);
    }

    /** Reads the valid values of the keys. */
    public static RouterSettings read(Settings settings) {
        return new RouterSettings(
                RuleKeys.rules(RuleKeys.Naming.ROUTE, settings.get(ROUTES), settings),
                settings.get(ON_NO_MATCH),
                settings.get(DEFAULT_TOPIC).orElse(""),
                POLICIES.read(true, settings));
    }

    private static void requireAllowed(Setting<?> key, Stream<String> topics, Settings settings, Problems problems) {
        List<String> allowed = settings.get(TOPICS_ALLOWED);
        topics.filter(topic -> !allowed.isEmpty() && !allowed.contains(topic))
                .forEach(topic -> problems.add(
                        key,
                        "names topic '" + topic + "', which is not in topics.allowed (" + String.join(", ", allowed)
                                + "). Correct the topic, or add it there"));
    }
}
