package io.catalogconnect.s3csv.config;

import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checks that each topic for which a ConditionFilter of the same configuration has a condition is one that the connector writes
 * to. A condition for a misspelled topic is never evaluated, so the team's topic would receive every row.
 */
final class FilterTopics {
    private static final String OURS = "io.catalogconnect.transforms.";
    private static final String FILTER = OURS + "ConditionFilter";
    private static final String CONDITIONS = "conditions.by.topic";

    /** Transformations that do not change a record's topic. After another one the topics are unknown. */
    private static final Predicate<String> KEEPS_TOPICS = Pattern.compile(Pattern.quote(OURS) + "(?!ConditionRouter$).*"
                    + "|org\\.apache\\.kafka\\.connect\\.transforms\\.(?!RegexRouter$|TimestampRouter$).*")
            .asMatchPredicate();

    /** The name of an entry; a line that starts with a space continues an entry, and one that starts with # is a comment. */
    private static final Pattern ENTRY = Pattern.compile("^([A-Za-z0-9._-]+)[ \\t]*:", Pattern.MULTILINE);

    private FilterTopics() {}

    /**
     * Reports a condition for a topic that the connector does not write to.
     *
     * @param topics the topics that the connector writes to
     * @param key the key at which the problem is shown
     */
    static void check(Settings settings, Set<String> topics, Setting<?> key, Problems problems) {
        for (String name : settings.connectProperty("transforms").split(",", -1)) {
            String prefix = "transforms." + name.strip() + ".";
            String type = settings.connectProperty(prefix + "type").strip();
            if (!KEEPS_TOPICS.test(type)) {
                return;
            }
            if (type.equals(FILTER)) {
                ENTRY.matcher(settings.connectProperty(prefix + CONDITIONS))
                        .results()
                        .map(entry -> entry.group(1))
                        .filter(topic -> !topics.contains(topic))
                        .forEach(topic -> problems.add(
                                key,
                                "does not contain '" + topic + "', for which " + prefix + CONDITIONS
                                        + " has a condition. The connector does not write to this topic. Correct the topic of"
                                        + " the condition, or add it here"));
            }
        }
    }
}
