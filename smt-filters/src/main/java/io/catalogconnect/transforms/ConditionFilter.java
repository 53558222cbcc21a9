package io.catalogconnect.transforms;

import io.catalogconnect.transforms.condition.Verdict;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Keeps or drops a record by what it holds: one condition for all topics, or one for each topic. A record of a topic without
 * a condition passes, and so does a control record.
 *
 * <p>Safe for use by several threads at once; records are not changed.
 *
 * @param <R> the kind of record
 */
public final class ConditionFilter<R extends ConnectRecord<R>> implements Transformation<R>, Versioned, Monitorable {
    /** What the documentation says. */
    public static final String OVERVIEW_DOC =
            "Keep or drop records by a condition over their value, key, headers, topic and"
                    + " timestamp, for all topics or by topic.";

    /** Every key. */
    public static final ConfigDef CONFIG_DEF = FilterConfig.definition();

    private @Nullable FilterConfig config;

    /** For Connect, which makes it by reflection. */
    public ConditionFilter() {}

    @Override
    public void configure(Map<String, ?> props) {
        config = FilterConfig.of(props);
    }

    @Override
    public @Nullable R apply(R record) {
        FilterConfig settings = configured();
        Rule rule = settings.ruleFor(record.topic());
        if (rule == null || ControlRecords.isControl(record)) {
            return record;
        }
        if (settings.onTombstone() != TombstonePolicy.EVALUATE && rule.missesTheValueOf(record)) {
            return tombstone(settings, rule, record);
        }
        Verdict verdict = rule.evaluate(record);
        return switch (verdict.kind()) {
            case MATCH -> kept(settings.keepsMatches(), rule, record);
            case NO_MATCH -> kept(!settings.keepsMatches(), rule, record);
            case NULL -> undecided(settings.onNull(), RuleKeys.ON_NULL, rule, verdict, record);
            case MISSING -> undecided(settings.onMissingField(), RuleKeys.ON_MISSING_FIELD, rule, verdict, record);
            case ERROR -> throw failure(rule, verdict.detail(), "Correct the rule", record);
        };
    }

    private @Nullable R kept(boolean keep, Rule rule, R record) {
        if (keep) {
            return record;
        }
        rule.counters().drop();
        return null;
    }

    private @Nullable R tombstone(FilterConfig settings, Rule rule, R record) {
        return switch (settings.onTombstone()) {
            case KEEP, EVALUATE -> record;
            case DROP -> kept(false, rule, record);
            case FAIL ->
                throw failure(
                        rule,
                        "the record is a tombstone",
                        "Set " + RuleKeys.ON_TOMBSTONE + " to keep, drop or evaluate",
                        record);
        };
    }

    private @Nullable R undecided(FilterPolicy policy, String key, Rule rule, Verdict verdict, R record) {
        return switch (policy) {
            case KEEP -> record;
            case DROP -> kept(false, rule, record);
            case FAIL ->
                throw failure(
                        rule,
                        verdict.detail(),
                        "Guard it in the rule, as in present(...) && ..., or set " + key + " to keep or drop",
                        record);
        };
    }

    private DataException failure(Rule rule, String problem, String advice, R record) {
        return RuleFailure.of("condition '" + rule.name() + "'", problem, advice, record);
    }

    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
        RuleMetrics.register(metrics, configured().rules());
    }

    private FilterConfig configured() {
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
        return PluginVersion.of(ConditionFilter.class);
    }
}
