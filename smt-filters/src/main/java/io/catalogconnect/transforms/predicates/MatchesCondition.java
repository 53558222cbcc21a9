package io.catalogconnect.transforms.predicates;

import io.catalogconnect.transforms.ControlRecords;
import io.catalogconnect.transforms.PluginVersion;
import io.catalogconnect.transforms.Rule;
import io.catalogconnect.transforms.RuleFailure;
import io.catalogconnect.transforms.RuleKeys;
import io.catalogconnect.transforms.RuleMetrics;
import io.catalogconnect.transforms.condition.Verdict;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * True for the records for which a condition is true, so that the stock transformations (Filter, MaskField, ReplaceField and
 * the others) act on what a record holds.
 *
 * <p>Safe for use by several threads at once.
 *
 * @param <R> the kind of record
 */
public final class MatchesCondition<R extends ConnectRecord<R>> implements Predicate<R>, Versioned, Monitorable {
    /** What the documentation says. */
    public static final String OVERVIEW_DOC = "True for the records for which a condition is true.";

    private static final String CONDITION = "condition";
    private static final String ON_CONTROL = "on.control";

    /** Every key. */
    public static final ConfigDef CONFIG_DEF = definition();

    private enum Policy {
        FAIL,
        TRUE,
        FALSE
    }

    private enum Tombstone {
        FALSE,
        TRUE,
        FAIL,
        EVALUATE
    }

    private enum Control {
        FALSE,
        TRUE
    }

    private record Settings(
            Rule rule, Policy onNull, Policy onMissingField, Tombstone onTombstone, boolean onControl) {}

    private @Nullable Settings settings;

    /** For Connect, which makes it by reflection. */
    public MatchesCondition() {}

    private static ConfigDef definition() {
        ConfigDef def = new ConfigDef();
        RuleKeys.defineCondition(
                def,
                CONDITION,
                ConfigDef.NO_DEFAULT_VALUE,
                "The condition, as in value.brand == \"Samsung\". The name of the predicate says what it stands for.",
                "Condition");
        RuleKeys.defineFields(def);
        RuleKeys.definePolicies(def, Policy.FAIL, "fail, or the predicate is true or false");
        RuleKeys.defineChoice(
                def,
                RuleKeys.ON_TOMBSTONE,
                Tombstone.FALSE,
                3,
                "Policies",
                "What the predicate is for a record without a value when the condition asks for the value: false, true, fail, or"
                        + " evaluate, with which the condition decides.",
                "On tombstone");
        return RuleKeys.defineChoice(
                def,
                ON_CONTROL,
                Control.FALSE,
                4,
                "Policies",
                "What the predicate is for a control record, as one that ends an object (no value, and the header "
                        + ControlRecords.HEADER
                        + "): false, or true, which a negated predicate needs to leave such records"
                        + " alone.",
                "On control record");
    }

    @Override
    public void configure(Map<String, ?> props) {
        AbstractConfig config = new AbstractConfig(CONFIG_DEF, props, false);
        if (config.getString(CONDITION).isBlank()) {
            throw new ConfigException(
                    "Configuration " + CONDITION + " is empty; write one, for example present(value.image)");
        }
        settings = new Settings(
                RuleKeys.condition(
                        CONDITION, config.getString(CONDITION), RuleKeys.fields(config.getString(RuleKeys.FIELDS))),
                RuleKeys.choice(Policy.class, config.getString(RuleKeys.ON_NULL)),
                RuleKeys.choice(Policy.class, config.getString(RuleKeys.ON_MISSING_FIELD)),
                RuleKeys.choice(Tombstone.class, config.getString(RuleKeys.ON_TOMBSTONE)),
                RuleKeys.choice(Control.class, config.getString(ON_CONTROL)) == Control.TRUE);
    }

    @Override
    public boolean test(R record) {
        Settings current = configured();
        if (ControlRecords.isControl(record)) {
            return current.onControl();
        }
        if (current.onTombstone() != Tombstone.EVALUATE && current.rule().missesTheValueOf(record)) {
            if (current.onTombstone() == Tombstone.FAIL) {
                throw RuleFailure.of(
                        "predicate",
                        "the record is a tombstone",
                        "Set " + RuleKeys.ON_TOMBSTONE + " to true, false or evaluate",
                        record);
            }
            return current.onTombstone() == Tombstone.TRUE;
        }
        Verdict verdict = current.rule().evaluate(record);
        return switch (verdict.kind()) {
            case MATCH -> true;
            case NO_MATCH -> false;
            case NULL -> undecided(current.onNull(), RuleKeys.ON_NULL, verdict, record);
            case MISSING -> undecided(current.onMissingField(), RuleKeys.ON_MISSING_FIELD, verdict, record);
            case ERROR -> throw RuleFailure.of("predicate", verdict.detail(), "Correct the condition", record);
        };
    }

    private boolean undecided(Policy policy, String key, Verdict verdict, R record) {
        if (policy == Policy.FAIL) {
            throw RuleFailure.of(
                    "predicate",
                    verdict.detail(),
                    "Guard it in the condition, as in present(...) && ..., or set " + key + " to true or false",
                    record);
        }
        return policy == Policy.TRUE;
    }

    private Settings configured() {
        if (settings == null) {
            throw new IllegalStateException("configure has not been called");
        }
        return settings;
    }

    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
        RuleMetrics.register(metrics, List.of(configured().rule()));
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    @Override
    public void close() {}

    @Override
    public String version() {
        return PluginVersion.of(MatchesCondition.class);
    }
}
