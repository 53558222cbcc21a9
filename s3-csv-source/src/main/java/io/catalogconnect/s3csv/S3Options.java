package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.object.RetryPolicy;
import io.catalogconnect.s3csv.object.s3.S3Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The settings that say where the bucket is and how patiently it is asked. */
final class S3Options {

    static final String BUCKET = "s3.bucket";
    static final String REGION = "s3.region";
    static final String ENDPOINT = "s3.endpoint";
    static final String PATH_STYLE = "s3.path.style";
    static final String REQUESTER_PAYS = "s3.requester.pays";
    static final String CUSTOMER_KEY = "s3.sse.customer.key";
    static final String CONNECT_TIMEOUT = "s3.connect.timeout.ms";
    static final String READ_TIMEOUT = "s3.read.timeout.ms";
    static final String RETRY_ATTEMPTS = "s3.retry.attempts";
    static final String RETRY_BACKOFF = "s3.retry.backoff.ms";
    static final String RETRY_BACKOFF_MAX = "s3.retry.backoff.max.ms";
    static final String OUTAGE_MAX = "s3.outage.max.ms";

    private static final String GROUP = "S3";
    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    private final AbstractConfig config;

    S3Options(AbstractConfig config) {
        this.config = config;
    }

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                BUCKET,
                ConfigDef.Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                Validators.notBlank(),
                Importance.HIGH,
                "The bucket with the files.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Bucket");
        def.define(
                REGION,
                ConfigDef.Type.STRING,
                "us-east-1",
                Validators.accepted("like eu-central-1", S3Options::checkRegion),
                Importance.HIGH,
                "The bucket's region.",
                GROUP,
                ++order,
                Width.SHORT,
                "Region");
        def.define(
                ENDPOINT,
                ConfigDef.Type.STRING,
                null,
                Validators.accepted("a URL", S3Options::endpoint),
                Importance.MEDIUM,
                "The address of an S3-compatible store, like http://127.0.0.1:9000. Without it, AWS.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Endpoint");
        def.define(
                PATH_STYLE,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.LOW,
                "True puts the bucket in the path of a request instead of the host name; most S3-compatible stores want it.",
                GROUP,
                ++order,
                Width.SHORT,
                "Path style");
        def.define(
                REQUESTER_PAYS,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.LOW,
                "True agrees to be charged for reading a requester-pays bucket.",
                GROUP,
                ++order,
                Width.SHORT,
                "Requester pays");
        def.define(
                CUSTOMER_KEY,
                ConfigDef.Type.PASSWORD,
                null,
                Validators.resolved(),
                Importance.LOW,
                "The key that the objects were encrypted with by their owner (SSE-C): 32 bytes as base64.",
                GROUP,
                ++order,
                Width.LONG,
                "Customer key");
        def.define(
                CONNECT_TIMEOUT,
                ConfigDef.Type.INT,
                5_000,
                ConfigDef.Range.between(1, 600_000),
                Importance.LOW,
                "How long to wait for a connection.",
                GROUP,
                ++order,
                Width.SHORT,
                "Connect time-out");
        def.define(
                READ_TIMEOUT,
                ConfigDef.Type.INT,
                30_000,
                ConfigDef.Range.between(1, 600_000),
                Importance.LOW,
                "How long to wait for the next byte.",
                GROUP,
                ++order,
                Width.SHORT,
                "Read time-out");
        def.define(
                RETRY_ATTEMPTS,
                ConfigDef.Type.INT,
                5,
                ConfigDef.Range.between(1, 100),
                Importance.LOW,
                "How often the same request is tried without any progress before the task lets the worker take over for a"
                        + " moment. A read that gets on starts counting again.",
                GROUP,
                ++order,
                Width.SHORT,
                "Attempts");
        def.define(
                RETRY_BACKOFF,
                ConfigDef.Type.LONG,
                100L,
                ConfigDef.Range.between(0, 60_000),
                Importance.LOW,
                "The longest wait after the first failure; it doubles with each further one.",
                GROUP,
                ++order,
                Width.SHORT,
                "Back-off");
        def.define(
                RETRY_BACKOFF_MAX,
                ConfigDef.Type.LONG,
                5_000L,
                ConfigDef.Range.between(0, 600_000),
                Importance.LOW,
                "The longest wait between two attempts.",
                GROUP,
                ++order,
                Width.SHORT,
                "Longest back-off");
        def.define(
                OUTAGE_MAX,
                ConfigDef.Type.LONG,
                600_000L,
                ConfigDef.Range.atLeast(-1),
                Importance.LOW,
                "How long the store may be away before the task fails; -1 waits for ever.",
                GROUP,
                ++order,
                Width.SHORT,
                "Longest outage");
    }

    S3Settings settings() {
        String endpoint = config.getString(ENDPOINT);
        return new S3Settings(
                config.getString(BUCKET),
                config.getString(REGION),
                endpoint == null || endpoint.isBlank() ? null : endpoint(endpoint),
                config.getBoolean(PATH_STYLE),
                new CredentialOptions(config).credentials(),
                config.getBoolean(REQUESTER_PAYS),
                customerKey(),
                Duration.ofMillis(config.getInt(CONNECT_TIMEOUT)),
                Duration.ofMillis(config.getInt(READ_TIMEOUT)));
    }

    RetryPolicy retryPolicy() {
        long base = config.getLong(RETRY_BACKOFF);
        long max = config.getLong(RETRY_BACKOFF_MAX);
        if (max < base) {
            throw new InvalidSettingException(
                    RETRY_BACKOFF_MAX, "is " + max + ", less than " + RETRY_BACKOFF + " (" + base + "). Raise it");
        }
        return new RetryPolicy(config.getInt(RETRY_ATTEMPTS), Duration.ofMillis(base), Duration.ofMillis(max));
    }

    /** Negative for no limit. */
    long outageMaxMillis() {
        return config.getLong(OUTAGE_MAX);
    }

    private static void checkRegion(String text) {
        if (!REGION_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("it must be like eu-central-1");
        }
    }

    private static URI endpoint(String text) {
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!text.isBlank() && (!http || uri.getHost() == null)) {
            throw new IllegalArgumentException("it must be like https://host or http://host:port");
        }
        return uri;
    }

    private @Nullable String customerKey() {
        Password password = config.getPassword(CUSTOMER_KEY);
        String key = password == null || password.value().isEmpty() ? null : password.value();
        if (key != null) {
            boolean valid;
            try {
                valid = Base64.getDecoder().decode(key).length == 32;
            } catch (IllegalArgumentException e) {
                valid = false;
            }
            if (!valid) {
                throw new InvalidSettingException(CUSTOMER_KEY, "is not 32 bytes as base64");
            }
        }
        return key;
    }
}
