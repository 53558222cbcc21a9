package io.catalogconnect.s3csv.config;

import io.catalogconnect.s3csv.object.s3.S3Credentials;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Credentials for requests to the bucket. */
final class CredentialKeys {

    private enum Provider {
        DEFAULT,
        ANONYMOUS,
        STATIC,
        PROFILE,
        ASSUME_ROLE
    }

    private static final Setting<Provider> PROVIDER = Setting.word("s3.credentials", Provider.DEFAULT)
            .described(
                    Importance.HIGH,
                    "Credentials",
                    "Credentials provider: `default` (AWS SDK default chain), `anonymous` (public bucket), `static`"
                            + " (s3.access.key.id and s3.secret.access.key), `profile` (s3.profile) or `assume-role`"
                            + " (s3.role.arn).");

    private static final Setting<Optional<String>> ACCESS_KEY = Setting.password("s3.access.key.id")
            .described(Importance.MEDIUM, "Access key", "Access key id of static credentials.");

    private static final Setting<Optional<String>> SECRET_KEY = Setting.password("s3.secret.access.key")
            .described(Importance.MEDIUM, "Secret key", "Secret access key of static credentials.");

    private static final Setting<Optional<String>> SESSION_TOKEN = Setting.password("s3.session.token")
            .described(Importance.LOW, "Session token", "Session token of temporary static credentials.");

    private static final Setting<String> PROFILE = Setting.text("s3.profile")
            .defaultsTo("default")
            .described(Importance.LOW, "Profile", "Profile in the AWS configuration files of the worker.");

    private static final Setting<Optional<String>> ROLE_ARN = Setting.parsed(
                    "s3.role.arn", "a role ARN", Function.<String>identity())
            .optional()
            .wide(Width.LONG)
            .described(
                    Importance.LOW,
                    "Role",
                    "ARN of the role to assume. The AWS SDK default chain provides the credentials for assuming the"
                            + " role.");

    private static final Setting<Optional<String>> EXTERNAL_ID = Setting.parsed(
                    "s3.role.external.id", "an external id", Function.<String>identity())
            .optional()
            .described(Importance.LOW, "External id", "External id that the trust policy of the role requires.");

    private static final Setting<String> SESSION_NAME = Setting.text("s3.role.session.name")
            .defaultsTo("catalog-connect")
            .described(Importance.LOW, "Role session", "Session name of the assumed role in CloudTrail.");

    private CredentialKeys() {}

    static void addTo(SettingsTable.Builder table) {
        table.group(
                        "Credentials",
                        PROVIDER,
                        ACCESS_KEY,
                        SECRET_KEY,
                        SESSION_TOKEN,
                        PROFILE,
                        ROLE_ARN,
                        EXTERNAL_ID,
                        SESSION_NAME)
                .check(CredentialKeys::check);
    }

    private static void check(Settings settings, Problems problems) {
        Provider provider = settings.get(PROVIDER);
        if (provider == Provider.STATIC) {
            require(settings, problems, ACCESS_KEY, provider);
            require(settings, problems, SECRET_KEY, provider);
        }
        if (provider == Provider.ASSUME_ROLE) {
            require(settings, problems, ROLE_ARN, provider);
        }
    }

    private static void require(
            Settings settings, Problems problems, Setting<Optional<String>> setting, Provider provider) {
        if (settings.get(setting).isEmpty()) {
            problems.add(setting, "is empty. " + PROVIDER + "=" + Setting.wordOf(provider) + " needs it");
        }
    }

    static S3Credentials credentials(Settings settings) {
        return switch (settings.get(PROVIDER)) {
            case DEFAULT -> new S3Credentials.Default();
            case ANONYMOUS -> new S3Credentials.Anonymous();
            case STATIC ->
                new S3Credentials.Static(
                        settings.get(ACCESS_KEY).orElseThrow(),
                        settings.get(SECRET_KEY).orElseThrow(),
                        settings.get(SESSION_TOKEN).orElse(null));
            case PROFILE -> new S3Credentials.Profile(settings.get(PROFILE));
            case ASSUME_ROLE ->
                new S3Credentials.AssumeRole(
                        settings.get(ROLE_ARN).orElseThrow(),
                        settings.get(EXTERNAL_ID).orElse(null),
                        settings.get(SESSION_NAME));
        };
    }
}
