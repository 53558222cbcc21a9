package io.catalogconnect.contract.lint;

import java.util.regex.Pattern;

/**
 * The keys of contracts and connectors whose values are secrets: those of Kafka clients, Kafka Connect, converters, Schema
 * Registry and the plugins. A value that consists of placeholders is no secret, because the worker replaces them.
 */
public final class SecretKeys {
    /** Attributes of tables have names with a blank, such as {@code column token}. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)\\S*(secret|passw(or)?d|passphrase|token|credentials\\.json|keyfile|jaas|user\\.info"
                    + "|(private|access|api|customer|keystore)[._-]?key)\\S*");

    /** Keys whose values say where a secret is, such as {@code sasl.oauthbearer.token.endpoint.url}. */
    private static final Pattern LOCATION = Pattern.compile("(?i)\\S*\\.(class|file|location|path|url)");

    private static final String PLACEHOLDER = "\\$\\{[^:{}]+:[^{}]+}";
    /** A colon separates the user and the password of {@code basic.auth.user.info}. */
    private static final Pattern PLACEHOLDERS = Pattern.compile(PLACEHOLDER + "(:?" + PLACEHOLDER + ")*");

    private SecretKeys() {}

    /** True if the values of a key are secrets. */
    public static boolean isSecret(String key) {
        return SECRET.matcher(key).matches() && !LOCATION.matcher(key).matches();
    }

    /** True if a value is a secret that is written out. An empty value and one that consists of placeholders are not. */
    public static boolean isWrittenOut(String key, String value) {
        return isSecret(key) && !value.isEmpty() && !PLACEHOLDERS.matcher(value).matches();
    }

    /** A value as it may be printed and stored: {@code (hidden)} for a secret that is written out. */
    public static String shown(String key, String value) {
        return isWrittenOut(key, value) ? "(hidden)" : value;
    }
}
