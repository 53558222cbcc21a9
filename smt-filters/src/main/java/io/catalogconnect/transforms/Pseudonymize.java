package io.catalogconnect.transforms;

import io.catalogconnect.transforms.config.PseudonymizeSettings;
import io.catalogconnect.transforms.pseudonym.Pseudonyms;
import io.catalogconnect.transforms.rule.Rule;
import io.catalogconnect.transforms.rule.RuleFailure;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the content of named fields with its HMAC-SHA-256 under a secret key. The same input has the same pseudonym, so
 * rows can be joined. Without the key an input cannot be found from its pseudonym, not even by trying all inputs.
 *
 * <p>A text becomes 64 hexadecimal digits, bytes become 32 bytes, null stays null. A control record has no value to replace;
 * its key is replaced as the keys of the rows are, which keeps it in their partition. Records are not changed: a
 * pseudonymized record is a copy.
 *
 * @param <R> the type of record
 */
public abstract class Pseudonymize<R extends ConnectRecord<R>> extends ConfiguredPlugin<PseudonymizeSettings>
        implements Transformation<R> {
    /** Summary for the documentation. */
    public static final String OVERVIEW_DOC =
            "Replaces the content of named fields with its HMAC-SHA-256 under a secret key,"
                    + " so that rows can be joined but not read.";

    /** All keys. */
    public static final ConfigDef CONFIG_DEF = PseudonymizeSettings.TABLE.selfCheckingDefinition();

    Pseudonymize() {
        super(CONFIG_DEF, PseudonymizeSettings.TABLE, PseudonymizeSettings::read);
    }

    @Override
    public final R apply(R record) {
        PseudonymizeSettings current = settings();
        Object original = contentOf(record);
        if (original == null) {
            return record;
        }
        Object changed = original;
        for (String path : current.paths()) {
            try {
                changed = current.pseudonyms().replace(changed, path);
            } catch (Pseudonyms.RefusedException refused) {
                throw RuleFailure.of(
                        "The pseudonym of field '" + path + "' cannot be computed",
                        String.valueOf(refused.getMessage()),
                        refused.advice(),
                        record);
            }
        }
        return changed == original ? record : withContent(record, changed);
    }

    abstract @Nullable Object contentOf(R record);

    abstract R withContent(R record, Object content);

    /** No rules: a pseudonym is computed for every record. */
    @Override
    protected final Collection<Rule> rules(PseudonymizeSettings current) {
        return List.of();
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
        @Nullable
        Object contentOf(R record) {
            return record.key();
        }

        @Override
        R withContent(R record, Object content) {
            return record.newRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    record.keySchema(),
                    content,
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
        @Nullable
        Object contentOf(R record) {
            return record.value();
        }

        @Override
        R withContent(R record, Object content) {
            return record.newRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    record.keySchema(),
                    record.key(),
                    record.valueSchema(),
                    content,
                    record.timestamp());
        }
    }
}
