package io.catalogconnect.s3csv.config;

import io.catalogconnect.s3csv.object.RetryPolicy;
import io.catalogconnect.s3csv.object.s3.S3Settings;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Location of the bucket, and patience with it. */
final class BucketKeys {

    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    static final Setting<String> BUCKET = Setting.text("s3.bucket")
            .described(Importance.HIGH, "Bucket", "Name of the bucket that contains the objects.");

    static final Setting<String> REGION = Setting.parsed(
                    "s3.region", "a region such as eu-central-1", BucketKeys::region)
            .defaultsTo("us-east-1")
            .described(Importance.HIGH, "Region", "AWS region of the bucket.");

    static final Setting<Optional<URI>> ENDPOINT = Setting.parsed("s3.endpoint", "a URL", BucketKeys::endpoint)
            .optional()
            .described(
                    Importance.MEDIUM,
                    "Endpoint",
                    "URL of an S3-compatible service, such as http://127.0.0.1:9000. Empty for AWS.");

    static final Setting<Boolean> PATH_STYLE = Setting.flag("s3.path.style", false)
            .described(
                    Importance.LOW,
                    "Path style",
                    "Whether requests name the bucket in their path instead of the host name. Most S3-compatible"
                            + " services need `true`.");

    static final Setting<Boolean> REQUESTER_PAYS = Setting.flag("s3.requester.pays", false)
            .described(
                    Importance.LOW,
                    "Requester pays",
                    "Whether requests declare that the requester pays for them. Requester-pays buckets require it.");

    static final Setting<Optional<String>> CUSTOMER_KEY = Setting.password("s3.sse.customer.key")
            .map(key -> key.map(BucketKeys::customerKey))
            .described(
                    Importance.LOW,
                    "Customer key",
                    "Encryption key of the objects (SSE-C): 32 bytes in base64. Empty if the objects are not encrypted with a"
                            + " customer-provided key.");

    static final Setting<Duration> CONNECT_TIMEOUT = Setting.millis("s3.connect.timeout.ms", 5_000, 1, 600_000)
            .described(Importance.LOW, "Connect time-out", "Time limit for opening a connection, in milliseconds.");

    static final Setting<Duration> READ_TIMEOUT = Setting.millis("s3.read.timeout.ms", 30_000, 1, 600_000)
            .described(Importance.LOW, "Read time-out", "Time limit for the next byte of a response, in milliseconds.");

    static final Setting<Integer> ATTEMPTS = Setting.integer("s3.retry.attempts", 5, 1, 100)
            .described(
                    Importance.LOW,
                    "Attempts",
                    "Number of attempts for a request within one poll. After the last one the task returns to the"
                            + " worker, which polls again. Progress of a read resets the count.");

    static final Setting<Duration> BACKOFF = Setting.millis("s3.retry.backoff.ms", 100, 0, 60_000)
            .described(
                    Importance.LOW,
                    "Back-off",
                    "Maximum delay after the first failure, in milliseconds. It doubles with each further failure,"
                            + " up to `s3.retry.backoff.max.ms`. The delay is random, and at least half of the"
                            + " maximum.");

    static final Setting<Duration> BACKOFF_MAX = Setting.millis("s3.retry.backoff.max.ms", 5_000, 0, 600_000)
            .described(
                    Importance.LOW,
                    "Maximum back-off",
                    "Upper limit of the delay between two attempts, in milliseconds.");

    static final Setting<Optional<Duration>> OUTAGE_MAX = Setting.millisOrUnlimited(
                    "s3.outage.max.ms", 600_000, Long.MAX_VALUE)
            .described(
                    Importance.LOW,
                    "Longest outage",
                    "Maximum time for which S3 may be overloaded or unavailable, in milliseconds. After it, the"
                            + " task fails. -1: no limit.");

    private BucketKeys() {}

    static void addTo(SettingsTable.Builder table) {
        table.group(
                        "S3",
                        BUCKET,
                        REGION,
                        ENDPOINT,
                        PATH_STYLE,
                        REQUESTER_PAYS,
                        CUSTOMER_KEY,
                        CONNECT_TIMEOUT,
                        READ_TIMEOUT,
                        ATTEMPTS,
                        BACKOFF,
                        BACKOFF_MAX,
                        OUTAGE_MAX)
                .check(BucketKeys::checkBackoff);
    }

    private static void checkBackoff(Settings settings, Problems problems) {
        long base = settings.get(BACKOFF).toMillis();
        long max = settings.get(BACKOFF_MAX).toMillis();
        if (max < base) {
            problems.add(BACKOFF_MAX, "is " + max + ", less than " + BACKOFF + " (" + base + "). Raise it");
        }
    }

    static S3Settings s3(Settings settings) {
        return new S3Settings(
                settings.get(BUCKET),
                settings.get(REGION),
                settings.get(ENDPOINT).orElse(null),
                settings.get(PATH_STYLE),
                CredentialKeys.credentials(settings),
                settings.get(REQUESTER_PAYS),
                settings.get(CUSTOMER_KEY).orElse(null),
                settings.get(CONNECT_TIMEOUT),
                settings.get(READ_TIMEOUT));
    }

    static RetryPolicy retryPolicy(Settings settings) {
        return new RetryPolicy(settings.get(ATTEMPTS), settings.get(BACKOFF), settings.get(BACKOFF_MAX));
    }

    private static String region(String text) {
        if (!REGION_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("it must be a region such as eu-central-1");
        }
        return text;
    }

    private static URI endpoint(String text) {
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("it must be a URL such as https://host or http://host:port");
        }
        return uri;
    }

    private static String customerKey(String text) {
        if (decodedLength(text) != 32) {
            throw new IllegalArgumentException("it must be 32 bytes in base64");
        }
        return text;
    }

    private static int decodedLength(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }
}
