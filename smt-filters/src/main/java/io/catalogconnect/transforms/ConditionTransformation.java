package io.catalogconnect.transforms;

import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import io.catalogconnect.transforms.rule.ControlRecords;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * A transformation that applies rules to data records and returns control records unchanged. Does not change a record: a
 * changed record is a copy.
 *
 * @param <R> the type of record
 * @param <S> the settings, immutable
 */
public abstract class ConditionTransformation<R extends ConnectRecord<R>, S> extends ConfiguredPlugin<S>
        implements Transformation<R> {

    ConditionTransformation(ConfigDef definition, SettingsTable table, Function<Settings, S> reader) {
        super(definition, table, reader);
    }

    @Override
    public final @Nullable R apply(R record) {
        S current = settings();
        return ControlRecords.isControl(record) ? record : applyRules(current, record);
    }

    /** Applies the rules to a data record; null drops it. */
    abstract @Nullable R applyRules(S current, R record);
}
