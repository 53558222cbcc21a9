package io.catalogconnect.transforms;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what named fields hold by its HMAC-SHA-256 under a secret key: the same input gives the same pseudonym, so that
 * rows can still be joined, and without the key nobody gets from a pseudonym to its input, not even by trying all inputs.
 *
 * <p>A control record has no value to replace; what is done to the rows' keys is done to its key, which keeps it in their
 * partition.
 *
 * <p>A text becomes 64 hexadecimal digits, bytes become 32 bytes; null stays null. Safe for use by several threads at once;
 * records are not changed, a pseudonymized one is new.
 *
 * @param <R> the kind of record
 */
public abstract class Pseudonymize<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {
    /** What the documentation says. */
    public static final String OVERVIEW_DOC =
            "Replace what named fields hold by its HMAC-SHA-256 under a secret key, so that rows can be joined and not read.";

    static final String FIELDS = "fields";
    static final String SECRET = "secret";
    static final String ON_MISSING_FIELD = RuleKeys.ON_MISSING_FIELD;
    private static final int LEAST_SECRET = 16;

    /** Every key. */
    public static final ConfigDef CONFIG_DEF = definition();

    private record Settings(Pseudonyms pseudonyms, List<String> paths) {}

    private @Nullable Settings settings;

    Pseudonymize() {}

    private static ConfigDef definition() {
        ConfigDef def = new ConfigDef()
                .define(
                        FIELDS,
                        ConfigDef.Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Importance.HIGH,
                        "The fields, as in 'email,customer.phone'; a dot goes into a nested struct or map. Each holds text or bytes.",
                        RuleKeys.RULES,
                        1,
                        Width.LONG,
                        "Fields")
                .define(
                        SECRET,
                        ConfigDef.Type.PASSWORD,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Pseudonymize::checkSecret,
                        Importance.HIGH,
                        "The secret key, at least " + LEAST_SECRET
                                + " bytes in UTF-8. Let a config provider bring it, as in"
                                + " ${env:PSEUDONYM_SECRET}. With another secret the pseudonyms are other ones.",
                        RuleKeys.RULES,
                        2,
                        Width.MEDIUM,
                        "Secret");
        return RuleKeys.defineChoice(
                def,
                ON_MISSING_FIELD,
                RulePolicies.Choice.FAIL,
                1,
                RuleKeys.POLICIES,
                "What happens to a record that does not have one of the fields: fail, or skip the field.",
                "On missing field");
    }

    private static void checkSecret(String name, @Nullable Object value) {
        if (value instanceof Password password) {
            String secret = password.value();
            if (secret.contains("${")) {
                throw new ConfigException("Configuration " + name
                        + " holds a '${' that was not replaced; check the name and the worker's config.providers");
            }
            if (secret.getBytes(StandardCharsets.UTF_8).length < LEAST_SECRET) {
                throw new ConfigException(
                        "Configuration " + name + " is too short; a secret has at least " + LEAST_SECRET + " bytes");
            }
        }
    }

    @Override
    public void configure(Map<String, ?> props) {
        AbstractConfig config = new AbstractConfig(CONFIG_DEF, props, false);
        List<String> paths = config.getList(FIELDS);
        if (paths.isEmpty()) {
            throw new ConfigException("Configuration " + FIELDS + " names no field");
        }
        boolean skip = RuleKeys.choice(RulePolicies.Choice.class, config.getString(ON_MISSING_FIELD))
                == RulePolicies.Choice.SKIP;
        settings = new Settings(
                new Pseudonyms(config.getPassword(SECRET).value().getBytes(StandardCharsets.UTF_8), skip),
                List.copyOf(paths));
    }

    @Override
    public R apply(R record) {
        Settings current = settings;
        if (current == null) {
            throw new IllegalStateException("configure has not been called");
        }
        Object original = part(record);
        if (original == null) {
            return record;
        }
        Object changed = original;
        for (String path : current.paths()) {
            try {
                changed = current.pseudonyms().replace(changed, path);
            } catch (Pseudonyms.Refused refused) {
                throw RuleFailure.of(
                        "pseudonym of field '" + path + "'",
                        String.valueOf(refused.getMessage()),
                        refused.advice(),
                        record);
            }
        }
        return changed == original ? record : with(record, changed);
    }

    abstract @Nullable Object part(R record);

    abstract R with(R record, Object changed);

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    @Override
    public void close() {}

    @Override
    public String version() {
        return PluginVersion.of(Pseudonymize.class);
    }

    /**
     * Of the record's key.
     *
     * @param <R> the kind of record
     */
    public static final class Key<R extends ConnectRecord<R>> extends Pseudonymize<R> {
        /** For Connect, which makes it by reflection. */
        public Key() {}

        @Override
        @Nullable
        Object part(R record) {
            return record.key();
        }

        @Override
        R with(R record, Object changed) {
            Schema schema = record.valueSchema();
            return record.newRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    record.keySchema(),
                    changed,
                    schema,
                    record.value(),
                    record.timestamp());
        }
    }

    /**
     * Of the record's value.
     *
     * @param <R> the kind of record
     */
    public static final class Value<R extends ConnectRecord<R>> extends Pseudonymize<R> {
        /** For Connect, which makes it by reflection. */
        public Value() {}

        @Override
        @Nullable
        Object part(R record) {
            return record.value();
        }

        @Override
        R with(R record, Object changed) {
            Schema schema = record.valueSchema();
            return record.newRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    record.keySchema(),
                    record.key(),
                    schema,
                    changed,
                    record.timestamp());
        }
    }
}
