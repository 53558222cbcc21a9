package io.catalogconnect.transforms.config;

import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import io.catalogconnect.transforms.pseudonym.FieldPath;
import io.catalogconnect.transforms.pseudonym.Normalization;
import io.catalogconnect.transforms.pseudonym.PseudonymKey;
import io.catalogconnect.transforms.pseudonym.Pseudonyms;
import io.catalogconnect.transforms.rule.Fallback;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * Settings of {@code Pseudonymize}. Immutable.
 *
 * @param fields the pseudonyms of each field
 */
public record PseudonymizeSettings(List<Pseudonyms> fields) {

    private static final int MIN_SECRET_BYTES = 32;

    private static final Setting<List<FieldPath>> FIELDS = Setting.list("fields", "fields", FieldPath::parse)
            .defaultsTo(ConfigDef.NO_DEFAULT_VALUE)
            .map(PseudonymizeSettings::distinct)
            .described(
                    Importance.HIGH,
                    "Fields",
                    "Fields to replace, for example `email,customer.phone`. Use a dot for a field inside a struct"
                            + " or map, and `\\.` for a dot in a name. Each element of a list is replaced. A number,"
                            + " date, boolean or enum becomes a text, and the schema changes accordingly.");
    private static final Setting<byte[]> SECRET = Setting.password("secret")
            .defaultsTo(ConfigDef.NO_DEFAULT_VALUE)
            .wide(Width.MEDIUM)
            .map(secret -> {
                byte[] bytes = secret.orElse("").getBytes(StandardCharsets.UTF_8);
                if (bytes.length < MIN_SECRET_BYTES) {
                    throw new IllegalArgumentException("it must have at least " + MIN_SECRET_BYTES + " bytes in UTF-8");
                }
                return bytes;
            })
            .described(
                    Importance.HIGH,
                    "Secret",
                    "Secret key, at least " + MIN_SECRET_BYTES
                            + " bytes in UTF-8. Use a config provider for it, for example"
                            + " `${env:PSEUDONYM_SECRET}`. Changing the secret changes all pseudonyms.");
    private static final Setting<Optional<String>> DOMAIN = Setting.text("domain")
            .optional()
            .described(
                    Importance.MEDIUM,
                    "Domain",
                    "Domain of the pseudonyms. Within a domain, the same value always has the same pseudonym, so"
                            + " that all fields of the domain can be joined. Empty: each field has a separate domain,"
                            + " named like its path, so that the same value has different pseudonyms in `email` and"
                            + " `phone`.");
    private static final Setting<Normalization> NORMALIZE = Setting.word("normalize", Normalization.NONE)
            .described(
                    Importance.MEDIUM,
                    "Normalization",
                    "Change of a text before its pseudonym is computed: `none` makes no change, `trim` removes"
                            + " white space at both ends and converts the text to Unicode's normal form C,"
                            + " `trim-lower` also converts it to lower case.");
    private static final Setting<Optional<String>> KEY_ID = Setting.parsed(
                    "key.id", "up to 32 letters, digits, dots, underscores and hyphens", id -> {
                        if (!id.matches("[A-Za-z0-9._-]{1,32}")) {
                            throw new IllegalArgumentException(
                                    "it must have up to 32 letters, digits, dots, underscores and hyphens");
                        }
                        return id;
                    })
            .optional()
            .described(
                    Importance.LOW,
                    "Key name",
                    "Name of the secret. It is put before each pseudonym with a colon, as in `k2:9f86...`, so that"
                            + " the pseudonyms of one secret can be distinguished from those of the next one. Empty:"
                            + " no name.");
    private static final Setting<Fallback> ON_MISSING_FIELD = Setting.oneOf(
                    "on.missing.field", Fallback.FAIL, List.of(Fallback.SKIP))
            .described(
                    Importance.MEDIUM,
                    "On missing field",
                    "Handling of a record without one of the fields: `fail` stops the task, `skip` ignores the field."
                            + " With `skip`, a field with a misspelled path is not replaced; the first record without a field is"
                            + " logged, and the metric missing-total counts them.");

    /** All keys. */
    public static final SettingsTable TABLE = SettingsTable.builder()
            .group(RuleKeys.RULES, FIELDS, SECRET, DOMAIN, NORMALIZE, KEY_ID)
            .group(PolicyKeys.POLICIES, ON_MISSING_FIELD)
            .build();

    public PseudonymizeSettings {
        fields = List.copyOf(fields);
    }

    private static List<FieldPath> distinct(List<FieldPath> paths) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("it must name at least one field");
        }
        for (int i = 0; i < paths.size(); i++) {
            for (int j = 0; j < paths.size(); j++) {
                if (i != j && paths.get(i).contains(paths.get(j))) {
                    throw new IllegalArgumentException("the field '" + paths.get(j) + "' is part of the field '"
                            + paths.get(i) + "'; name one of them");
                }
            }
        }
        return paths;
    }

    /** Reads the valid values of the keys. */
    public static PseudonymizeSettings read(Settings settings) {
        PseudonymKey key =
                new PseudonymKey(settings.get(SECRET), settings.get(KEY_ID).orElse(""));
        return new PseudonymizeSettings(settings.get(FIELDS).stream()
                .map(path -> new Pseudonyms(
                        key,
                        path,
                        settings.get(DOMAIN).orElse(path.text()),
                        settings.get(NORMALIZE),
                        settings.get(ON_MISSING_FIELD) == Fallback.SKIP))
                .toList());
    }
}
