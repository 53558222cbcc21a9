package io.catalogconnect.transforms.predicates;

import io.catalogconnect.transforms.ConfiguredPlugin;
import io.catalogconnect.transforms.config.PredicateSettings;
import io.catalogconnect.transforms.rule.ControlRecords;
import io.catalogconnect.transforms.rule.Rule;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * True for the records for which a condition is true, so that the stock transformations (Filter, MaskField, ReplaceField and
 * others) can depend on the content of a record.
 *
 * @param <R> the type of record
 */
public final class MatchesCondition<R extends ConnectRecord<R>> extends ConfiguredPlugin<PredicateSettings>
        implements Predicate<R> {
    /** Summary for the documentation. */
    public static final String OVERVIEW_DOC = "True for the records for which a condition is true.";

    /** All keys. */
    public static final ConfigDef CONFIG_DEF = PredicateSettings.TABLE.selfCheckingDefinition();

    /** For Connect, which creates instances by reflection. */
    public MatchesCondition() {
        super(CONFIG_DEF, PredicateSettings.TABLE, PredicateSettings::read);
    }

    @Override
    public boolean test(R record) {
        PredicateSettings current = settings();
        return ControlRecords.isControl(record)
                ? current.onControl()
                : current.policies().answer(current.rule(), record);
    }

    @Override
    protected Collection<Rule> rules(PredicateSettings current) {
        return List.of(current.rule());
    }
}
