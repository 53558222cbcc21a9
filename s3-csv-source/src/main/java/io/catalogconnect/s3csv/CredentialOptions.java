package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.object.s3.S3Credentials;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The settings that say who asks the bucket. */
final class CredentialOptions {

    static final String CREDENTIALS = "s3.credentials";
    static final String ACCESS_KEY = "s3.access.key.id";
    static final String SECRET_KEY = "s3.secret.access.key";
    static final String SESSION_TOKEN = "s3.session.token";
    static final String PROFILE = "s3.profile";
    static final String ROLE_ARN = "s3.role.arn";
    static final String ROLE_EXTERNAL_ID = "s3.role.external.id";
    static final String ROLE_SESSION = "s3.role.session.name";

    private static final String GROUP = "Credentials";

    private final AbstractConfig config;

    CredentialOptions(AbstractConfig config) {
        this.config = config;
    }

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                CREDENTIALS,
                ConfigDef.Type.STRING,
                "default",
                Validators.oneOf("default", "anonymous", "static", "profile", "assume-role"),
                Importance.HIGH,
                "Who asks: default (the AWS SDK's chain), anonymous (a public bucket), static (" + ACCESS_KEY + " and "
                        + SECRET_KEY + "), profile (" + PROFILE + "), assume-role (" + ROLE_ARN + ").",
                GROUP,
                ++order,
                Width.SHORT,
                "Credentials");
        def.define(
                ACCESS_KEY,
                ConfigDef.Type.PASSWORD,
                null,
                Validators.resolved(),
                Importance.MEDIUM,
                "The access key of static credentials.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Access key");
        def.define(
                SECRET_KEY,
                ConfigDef.Type.PASSWORD,
                null,
                Validators.resolved(),
                Importance.MEDIUM,
                "The secret of static credentials.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Secret key");
        def.define(
                SESSION_TOKEN,
                ConfigDef.Type.PASSWORD,
                null,
                Validators.resolved(),
                Importance.LOW,
                "The session token of temporary static credentials.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Session token");
        def.define(
                PROFILE,
                ConfigDef.Type.STRING,
                "default",
                Validators.notBlank(),
                Importance.LOW,
                "The profile of the worker's AWS configuration files.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Profile");
        def.define(
                ROLE_ARN,
                ConfigDef.Type.STRING,
                null,
                Validators.resolved(),
                Importance.LOW,
                "The role to take on, with the credentials that the default chain finds.",
                GROUP,
                ++order,
                Width.LONG,
                "Role");
        def.define(
                ROLE_EXTERNAL_ID,
                ConfigDef.Type.STRING,
                null,
                Validators.resolved(),
                Importance.LOW,
                "The external id that the role's owner asks for.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "External id");
        def.define(
                ROLE_SESSION,
                ConfigDef.Type.STRING,
                "catalog-connect",
                Validators.notBlank(),
                Importance.LOW,
                "The name under which the role's use shows in AWS's logs.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Role session");
    }

    S3Credentials credentials() {
        String kind = config.getString(CREDENTIALS).toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "anonymous" -> new S3Credentials.Anonymous();
            case "static" ->
                new S3Credentials.Static(
                        secret(ACCESS_KEY, kind), secret(SECRET_KEY, kind), secretOrNull(SESSION_TOKEN));
            case "profile" -> new S3Credentials.Profile(config.getString(PROFILE));
            case "assume-role" -> {
                String role = config.getString(ROLE_ARN);
                if (role == null || role.isBlank()) {
                    throw new InvalidSettingException(ROLE_ARN, "is empty. " + CREDENTIALS + "=assume-role needs it");
                }
                yield new S3Credentials.AssumeRole(
                        role, config.getString(ROLE_EXTERNAL_ID), config.getString(ROLE_SESSION));
            }
            default -> new S3Credentials.Default();
        };
    }

    private String secret(String key, String kind) {
        String secret = secretOrNull(key);
        if (secret == null) {
            throw new InvalidSettingException(key, "is empty. " + CREDENTIALS + "=" + kind + " needs it");
        }
        return secret;
    }

    private @Nullable String secretOrNull(String key) {
        Password password = config.getPassword(key);
        return password == null || password.value().isEmpty() ? null : password.value();
    }
}
