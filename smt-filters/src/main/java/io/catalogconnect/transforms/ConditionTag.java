package io.catalogconnect.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Gives a record a header, true, for each rule whose condition is true for it. A header of that name that the record brought
 * is replaced, so that nobody else can say what a rule says; where the rule does not match it is taken away. A control record
 * passes as it is.
 *
 * <p>Safe for use by several threads at once; records are not changed, a tagged one is new.
 *
 * @param <R> the kind of record
 */
public final class ConditionTag<R extends ConnectRecord<R>> implements Transformation<R>, Versioned, Monitorable {
    /** What the documentation says. */
    public static final String OVERVIEW_DOC = "Add a header for each rule whose condition is true for the record.";

    static final String TAGS = "tags";

    /** Every key. */
    public static final ConfigDef CONFIG_DEF = definition();

    private record Settings(List<Rule> tags, RulePolicies policies, boolean skipsTombstones) {}

    private @Nullable Settings settings;

    /** For Connect, which makes it by reflection. */
    public ConditionTag() {}

    private static ConfigDef definition() {
        ConfigDef def = new ConfigDef();
        RuleKeys.defineList(
                def,
                TAGS,
                ConfigDef.NO_DEFAULT_VALUE,
                RuleKeys.Naming.HEADER,
                1,
                "The headers, one entry a line, as in 'has-image: present(value.image)'. Each header whose condition is true is"
                        + " added with the boolean value true; one of that name that was there before is taken away.",
                "Tags");
        RuleKeys.defineFields(def);
        RulePolicies.define(def);
        return RuleKeys.defineChoice(
                def,
                RuleKeys.ON_TOMBSTONE,
                Tombstones.SKIP,
                3,
                RuleKeys.POLICIES,
                "What happens to a record without a value at a rule that asks for the value: skip the rule, or evaluate its"
                        + " condition.",
                "On tombstone");
    }

    @Override
    public void configure(Map<String, ?> props) {
        AbstractConfig config = new AbstractConfig(CONFIG_DEF, props, false);
        List<Rule> tags = RuleKeys.list(
                TAGS,
                RuleKeys.Naming.HEADER,
                config.getString(TAGS),
                RuleKeys.fields(config.getString(RuleKeys.FIELDS)));
        if (tags.isEmpty()) {
            throw new ConfigException("Configuration " + TAGS + " has no entry; write 'header: condition' on a line");
        }
        settings = new Settings(List.copyOf(tags), RulePolicies.of(config), Tombstones.of(config) == Tombstones.SKIP);
    }

    @Override
    public R apply(R record) {
        Settings current = configured();
        if (ControlRecords.isControl(record)) {
            return record;
        }
        List<String> matched = new ArrayList<>();
        boolean changes = false;
        for (Rule tag : current.tags()) {
            boolean skipped = current.skipsTombstones() && tag.missesTheValueOf(record);
            if (!skipped && current.policies().matches("tag '" + tag.name() + "'", tag, record)) {
                matched.add(tag.name());
            }
            changes |= record.headers().lastWithName(tag.name()) != null;
        }
        return changes || !matched.isEmpty() ? tagged(current, matched, record) : record;
    }

    private R tagged(Settings current, List<String> matched, R record) {
        Headers headers = record.headers().duplicate();
        current.tags().forEach(tag -> headers.remove(tag.name()));
        matched.forEach(name -> headers.addBoolean(name, true));
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                headers);
    }

    private Settings configured() {
        if (settings == null) {
            throw new IllegalStateException("configure has not been called");
        }
        return settings;
    }

    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
        RuleMetrics.register(metrics, configured().tags());
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    @Override
    public void close() {}

    @Override
    public String version() {
        return PluginVersion.of(ConditionTag.class);
    }
}
