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
 * Keeps or drops a record by what it holds: one condition for all topics, or one for each topic. A record of a topic without
 * a condition passes.
 *
 * <p>Safe for use by several threads at once; records are not changed.
 *
 * @param <R> the kind of record
 */
public final class ConditionFilter<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {
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
        Condition condition = settings.conditionFor(record.topic());
        if (condition == null) {
            return record;
        }
        if (record.value() == null && settings.onTombstone() != TombstonePolicy.EVALUATE && condition.asksForValue()) {
            return tombstone(settings, condition, record);
        }
        Verdict verdict = condition.evaluate(record);
        return switch (verdict.kind()) {
            case MATCH -> settings.keepsMatches() ? record : null;
            case NO_MATCH -> settings.keepsMatches() ? null : record;
            case NULL -> undecided(settings.onNull(), FilterConfig.ON_NULL, condition, verdict, record);
            case MISSING ->
                undecided(settings.onMissingField(), FilterConfig.ON_MISSING_FIELD, condition, verdict, record);
            case ERROR -> throw failure(condition, verdict.detail(), "Correct the rule", record);
        };
    }

    private @Nullable R tombstone(FilterConfig settings, Condition condition, R record) {
        return switch (settings.onTombstone()) {
            case KEEP, EVALUATE -> record;
            case DROP -> null;
            case FAIL ->
                throw failure(
                        condition,
                        "the record is a tombstone",
                        "Set " + FilterConfig.ON_TOMBSTONE + " to keep, drop or evaluate",
                        record);
        };
    }

    private @Nullable R undecided(FilterPolicy policy, String key, Condition condition, Verdict verdict, R record) {
        return switch (policy) {
            case KEEP -> record;
            case DROP -> null;
            case FAIL ->
                throw failure(
                        condition,
                        verdict.detail(),
                        "Guard it in the rule, as in present(...) && ..., or set " + key + " to keep or drop",
                        record);
        };
    }

    private DataException failure(Condition condition, String problem, String advice, R record) {
        return RuleFailure.of("condition '" + condition.name() + "'", problem, advice, record);
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
