package io.catalogconnect.transforms.config;

import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import io.catalogconnect.transforms.pseudonym.Pseudonyms;
import io.catalogconnect.transforms.rule.Fallback;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * Settings of {@code Pseudonymize}. Immutable.
 *
 * @param paths the fields, as names separated by dots
 */
public record PseudonymizeSettings(Pseudonyms pseudonyms, List<String> paths) {

    private static final int MIN_SECRET_BYTES = 16;

    private static final Setting<List<String>> FIELDS = Setting.list("fields", "fields", path -> path)
            .defaultsTo(ConfigDef.NO_DEFAULT_VALUE)
            .map(paths -> {
                if (paths.isEmpty()) {
                    throw new IllegalArgumentException("it must name at least one field");
                }
                return paths;
            })
            .described(
                    Importance.HIGH,
                    "Fields",
                    "Fields to replace, for example `email,customer.phone`. A dot separates a struct or map from its field. Each"
                            + " field must be text or bytes.");
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
                            + " `${env:PSEUDONYM_SECRET}`. Another secret gives other pseudonyms.");
    private static final Setting<Fallback> ON_MISSING_FIELD = Setting.oneOf(
                    "on.missing.field", Fallback.FAIL, List.of(Fallback.SKIP))
            .described(
                    Importance.MEDIUM,
                    "On missing field",
                    "Handling of a record without one of the fields: `fail` stops the task, `skip` ignores the field.");

    /** All keys. */
    public static final SettingsTable TABLE = SettingsTable.builder()
            .group(RuleKeys.RULES, FIELDS, SECRET)
            .group(PolicyKeys.POLICIES, ON_MISSING_FIELD)
            .build();

    public PseudonymizeSettings {
        paths = List.copyOf(paths);
    }

    /** Reads the valid values of the keys. */
    public static PseudonymizeSettings read(Settings settings) {
        return new PseudonymizeSettings(
                new Pseudonyms(settings.get(SECRET), settings.get(ON_MISSING_FIELD) == Fallback.SKIP),
                settings.get(FIELDS));
    }
}
