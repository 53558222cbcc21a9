package io.catalogconnect.transforms;

import io.catalogconnect.transforms.config.TagSettings;
import io.catalogconnect.transforms.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.header.Headers;

/**
 * Adds a header with the boolean value true for each rule whose condition is true. Headers with the name of a rule that the
 * record had before are removed, so that a tag always comes from its rule.
 *
 * @param <R> the type of record
 */
public final class ConditionTag<R extends ConnectRecord<R>> extends ConditionTransformation<R, TagSettings> {
    /** Summary for the documentation. */
    public static final String OVERVIEW_DOC = "Adds a header for each rule whose condition is true for the record.";

    /** All keys. */
    public static final ConfigDef CONFIG_DEF = TagSettings.TABLE.selfCheckingDefinition();

    /** For Connect, which creates instances by reflection. */
    public ConditionTag() {
        super(CONFIG_DEF, TagSettings.TABLE, TagSettings::read);
    }

    @Override
    R applyRules(TagSettings current, R record) {
        List<String> matched = new ArrayList<>();
        boolean hasTag = false;
        for (Rule tag : current.tags()) {
            if (current.policies().answer(tag, record)) {
                matched.add(tag.name());
            }
            hasTag |= record.headers().lastWithName(tag.name()) != null;
        }
        return hasTag || !matched.isEmpty() ? tagged(current.tags(), matched, record) : record;
    }

    private R tagged(List<Rule> tags, List<String> matched, R record) {
        Headers headers = record.headers().duplicate();
        tags.forEach(tag -> headers.remove(tag.name()));
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

    @Override
    protected Collection<Rule> rules(TagSettings current) {
        return current.tags();
    }
}
