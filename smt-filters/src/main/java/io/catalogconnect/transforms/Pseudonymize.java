package io.catalogconnect.transforms;

import io.catalogconnect.transforms.config.PseudonymizeSettings;
import io.catalogconnect.transforms.pseudonym.FieldPath;
import io.catalogconnect.transforms.pseudonym.Pseudonyms;
import io.catalogconnect.transforms.rule.Rule;
import io.catalogconnect.transforms.rule.RuleFailure;
import io.catalogconnect.transforms.rule.RuleMetrics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.transforms.Transformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the content of named fields with its HMAC-SHA-256 under a secret key. The same input in the same domain has the same
 * pseudonym, so rows can be joined. Without the key an input cannot be found from its pseudonym, not even by trying all inputs.
 *
 * <p>Bytes become 32 bytes, every other value becomes 64 hexadecimal digits, null stays null. A control record has no value to
 * replace; its key is replaced as the keys of the rows are, which keeps it in their partition. Records are not changed: a
 * pseudonymized record is a copy.
 *
 * @param <R> the type of record
 */
public abstract class Pseudonymize<R extends ConnectRecord<R>> extends ConfiguredPlugin<PseudonymizeSettings>
        implements Transformation<R> {
    /** Summary for the documentation. */
    public static final String OVERVIEW_DOC =
            "Replaces the content of named fields with its HMAC-SHA-256 under a secret key,"
                    + " so that fields can still be joined, but the original values cannot be read.";

    /** All keys. */
    public static final ConfigDef CONFIG_DEF = PseudonymizeSettings.TABLE.selfCheckingDefinition();

    private static final Logger LOG = LoggerFactory.getLogger(Pseudonymize.class);

    private final Set<FieldPath> reported = ConcurrentHashMap.newKeySet();

    Pseudonymize() {
        super(CONFIG_DEF, PseudonymizeSettings.TABLE, PseudonymizeSettings::read);
    }

    @Override
    public final R apply(R record) {
        SchemaAndValue original = contentOf(record);
        if (original.value() == null) {
            return record;
        }
        SchemaAndValue changed = original;
        for (Pseudonyms field : settings().fields()) {
            long missing = field.missing();
            try {
                changed = field.replace(changed.schema(), changed.value());
            } catch (Pseudonyms.RefusedException refused) {
                throw RuleFailure.of(
                        "The pseudonym of field '" + field.path() + "' cannot be computed",
                        String.valueOf(refused.getMessage()),
                        refused.advice(),
                        record);
            }
            if (field.missing() != missing && reported.add(field.path())) {
                LOG.warn(
                        "A record of topic {} has no field '{}', which stays as it is because on.missing.field is skip. If the path"
                                + " is misspelled, the field is not replaced. Further records are counted and not logged.",
                        record.topic(),
                        field.path());
            }
        }
        return changed.value() == original.value() ? record : withContent(record, changed);
    }

    abstract SchemaAndValue contentOf(R record);

    abstract R withContent(R record, SchemaAndValue content);

    /** No rules: a pseudonym is computed for every record. */
    @Override
    protected final Collection<Rule> rules(PseudonymizeSettings current) {
        return List.of();
    }

    @Override
    protected final void registerMetrics(PluginMetrics metrics, PseudonymizeSettings current) {
        current.fields()
                .forEach(field -> RuleMetrics.register(
                        metrics,
                        "missing-total",
                        "Structs and maps without a field that is replaced by a pseudonym",
                        Map.of("field", field.path().text()),
                        field::missing));
    }

    /**
     * Replaces fields of the record's key.
     *
     * @param <R> the type of record
     */
    public static final class Key<R extends ConnectRecord<R>> extends Pseudonymize<R> {
        /** For Connect, which creates instances by reflection. */
        public Key() {}

        @Override
        SchemaAndValue contentOf(R record) {
            return new SchemaAndValue(record.keySchema(), record.key());
        }

        @Override
        R withContent(R record, SchemaAndValue content) {
            return record.newRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    content.schema(),
                    content.value(),
                    record.valueSchema(),
                    record.value(),
                    record.timestamp());
        }
    }

    /**
     * Replaces fields of the record's value.
     *
     * @param <R> the type of record
     */
    public static final class Value<R extends ConnectRecord<R>> extends Pseudonymize<R> {
        /** For Connect, which creates instances by reflection. */
        public Value() {}

        @Override
        SchemaAndValue contentOf(R record) {
            return new SchemaAndValue(record.valueSchema(), record.value());
        }

        @Override
        R withContent(R record, SchemaAndValue content) {
            return record.newRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    record.keySchema(),
                    record.key(),
                    content.schema(),
                    content.value(),
                    record.timestamp());
        }
    }
}
