package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.client.Service;
import io.catalogconnect.bigquery.client.ServiceCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The keys that say where BigQuery is and how to get in. */
final class ServiceConfig {

    static final String PROJECT = "bigquery.project";
    static final String DATASET = "bigquery.dataset";
    static final String LOCATION = "bigquery.location";
    static final String REST_ENDPOINT = "bigquery.rest.endpoint";
    static final String STORAGE_ENDPOINT = "bigquery.storage.endpoint";
    static final String STORAGE_PLAINTEXT = "bigquery.storage.plaintext";
    static final String CREDENTIALS = "bigquery.credentials";
    static final String CREDENTIALS_FILE = "bigquery.credentials.file";
    static final String CREDENTIALS_JSON = "bigquery.credentials.json";
    static final String REQUEST_TIMEOUT_MS = "bigquery.request.timeout.ms";

    private static final String GROUP = "BigQuery";

    /** Where credentials come from. */
    enum Source {
        DEFAULT,
        NONE,
        FILE,
        JSON
    }

    private ServiceConfig() {}

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                PROJECT,
                ConfigDef.Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                Validators.all(
                        new ConfigDef.NonEmptyString(),
                        Validators.matching(Pattern.compile("[a-z0-9.:-]+"), "a project id: a-z, 0-9 and hyphens")),
                Importance.HIGH,
                "The project that owns the dataset and pays for its jobs.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Project");
        def.define(
                DATASET,
                ConfigDef.Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                Validators.all(
                        new ConfigDef.NonEmptyString(),
                        Validators.matching(
                                Pattern.compile("[A-Za-z0-9_]{1,1024}"),
                                "a dataset id: letters, digits and underscores")),
                Importance.HIGH,
                "The dataset of all tables. It must exist; this connector makes tables, not datasets.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Dataset");
        def.define(
                LOCATION,
                ConfigDef.Type.STRING,
                "US",
                Validators.matching(Pattern.compile("[A-Za-z0-9-]+"), "a location, EU or us-east1 for instance"),
                Importance.HIGH,
                "The dataset's location, where its jobs run.",
                GROUP,
                ++order,
                Width.SHORT,
                "Location");
        def.define(
                CREDENTIALS,
                ConfigDef.Type.STRING,
                "default",
                Validators.oneOf(Source.class),
                Importance.HIGH,
                "How to get in: what the machine offers (`default`), a key file (`file`), a key in the configuration"
                        + " (`json`), or nothing at all (`none`), for a server that asks for nothing.",
                GROUP,
                ++order,
                Width.SHORT,
                "Credentials");
        def.define(
                CREDENTIALS_FILE,
                ConfigDef.Type.STRING,
                "",
                Validators.resolved("a path", ServiceConfig::path),
                Importance.MEDIUM,
                "The key file on the worker, with `" + CREDENTIALS + "=file`.",
                GROUP,
                ++order,
                Width.LONG,
                "Key file");
        def.define(
                CREDENTIALS_JSON,
                ConfigDef.Type.PASSWORD,
                null,
                Validators.resolved("the content of a key file", text -> {}),
                Importance.MEDIUM,
                "The key file's content, with `" + CREDENTIALS + "=json`. Use a configuration provider.",
                GROUP,
                ++order,
                Width.LONG,
                "Key");
        def.define(
                REST_ENDPOINT,
                ConfigDef.Type.STRING,
                "",
                Validators.resolved("an http or https address", ServiceConfig::address),
                Importance.LOW,
                "Another REST endpoint than Google's, `http://127.0.0.1:9050` for instance.",
                GROUP,
                ++order,
                Width.LONG,
                "REST endpoint");
        def.define(
                STORAGE_ENDPOINT,
                ConfigDef.Type.STRING,
                "",
                Validators.matching(Pattern.compile("[^:/\\s]+:\\d{1,5}"), "host:port, without a scheme"),
                Importance.LOW,
                "Another endpoint of the Storage Write API than Google's, `127.0.0.1:9060` for instance.",
                GROUP,
                ++order,
                Width.LONG,
                "Storage endpoint");
        def.define(
                STORAGE_PLAINTEXT,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.LOW,
                "Whether the storage endpoint is reached without TLS.",
                GROUP,
                ++order,
                Width.SHORT,
                "Plain text");
        def.define(
                REQUEST_TIMEOUT_MS,
                ConfigDef.Type.INT,
                30_000,
                Range.between(100, 600_000),
                Importance.LOW,
                "After how long a call without an answer counts as lost, in milliseconds.",
                GROUP,
                ++order,
                Width.SHORT,
                "Request time-out");
    }

    static Service read(AbstractConfig config) {
        return new Service(
                config.getString(PROJECT),
                config.getString(DATASET),
                config.getString(LOCATION),
                text(config, REST_ENDPOINT),
                text(config, STORAGE_ENDPOINT),
                config.getBoolean(STORAGE_PLAINTEXT),
                credentials(config),
                Duration.ofMillis(config.getInt(REQUEST_TIMEOUT_MS)));
    }

    /** What single keys cannot tell: reports key and message. */
    static void checkTogether(Map<String, @Nullable Object> values, BiConsumer<String, String> error) {
        Object source = values.get(CREDENTIALS);
        if ("file".equals(source) && isEmpty(values.get(CREDENTIALS_FILE))) {
            error.accept(CREDENTIALS_FILE, "is needed with " + CREDENTIALS + "=file");
        }
        if ("json".equals(source) && isEmpty(values.get(CREDENTIALS_JSON))) {
            error.accept(CREDENTIALS_JSON, "is needed with " + CREDENTIALS + "=json");
        }
        if (Boolean.TRUE.equals(values.get(STORAGE_PLAINTEXT)) && isEmpty(values.get(STORAGE_ENDPOINT))) {
            error.accept(
                    STORAGE_PLAINTEXT, "Google's endpoint takes TLS only; set " + STORAGE_ENDPOINT + " or remove it");
        }
    }

    static boolean isEmpty(@Nullable Object value) {
        return value == null
                || (value instanceof Password password
                        ? password.value().isEmpty()
                        : String.valueOf(value).isEmpty());
    }

    private static ServiceCredentials credentials(AbstractConfig config) {
        return switch (Validators.parse(Source.class, config.getString(CREDENTIALS))) {
            case DEFAULT -> new ServiceCredentials.ApplicationDefault();
            case NONE -> new ServiceCredentials.None();
            case FILE -> new ServiceCredentials.KeyFile(Path.of(config.getString(CREDENTIALS_FILE)));
            case JSON ->
                new ServiceCredentials.KeyJson(
                        config.getPassword(CREDENTIALS_JSON).value());
        };
    }

    private static Optional<String> text(AbstractConfig config, String key) {
        return Optional.of(config.getString(key)).filter(value -> !value.isEmpty());
    }

    private static void path(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("must be a path");
        }
    }

    private static void address(String text) {
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("must be an http or https address, http://127.0.0.1:9050 for instance");
        }
    }
}
