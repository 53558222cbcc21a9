package io.catalogconnect.bigquery.config;

import io.catalogconnect.bigquery.client.CredentialsType;
import io.catalogconnect.bigquery.client.Service;
import io.catalogconnect.bigquery.client.ServiceCredentials;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Keys for the address of BigQuery and the credentials. */
final class ServiceKeys {

    /** Source of credentials. */
    enum Source {
        DEFAULT,
        NONE,
        FILE,
        JSON
    }

    private static final Setting<String> PROJECT = Names.text(
                    "bigquery.project", "[a-z0-9.:-]+", "a project ID of lower-case letters, digits and hyphens")
            .described(
                    Importance.HIGH,
                    "Project",
                    "Google Cloud project that owns the dataset and is billed for its jobs.");
    private static final Setting<String> DATASET = Names.text(
                    "bigquery.dataset", Names.TABLE, "a dataset ID of letters, digits and underscores")
            .described(
                    Importance.HIGH,
                    "Dataset",
                    "Dataset of all tables. It must exist: the connector creates tables, but no dataset.");
    private static final Setting<String> LOCATION = Names.text(
                    "bigquery.location", "[A-Za-z0-9-]+", "a location such as EU or us-east1")
            .defaultsTo("US")
            .wide(Width.SHORT)
            .described(Importance.HIGH, "Location", "Location of the dataset. Jobs run in this location.");
    private static final Setting<Source> CREDENTIALS = Setting.word("bigquery.credentials", Source.DEFAULT)
            .described(
                    Importance.HIGH,
                    "Credentials",
                    "Source of the credentials: application default credentials (`default`), a key file (`file`), a key in"
                            + " the configuration (`json`), or no credentials (`none`), for a server that requires none.");
    private static final Setting<Optional<Path>> CREDENTIALS_FILE = Setting.parsed(
                    "bigquery.credentials.file", "a path", Path::of)
            .optional()
            .wide(Width.LONG)
            .described(
                    Importance.MEDIUM,
                    "Key file",
                    "Path of the key file on the worker. Required with `bigquery.credentials=file`.");
    private static final Setting<Optional<String>> CREDENTIALS_JSON = Setting.password("bigquery.credentials.json")
            .described(
                    Importance.MEDIUM,
                    "Key",
                    "Content of the key file. Required with `bigquery.credentials=json`. Use a configuration provider, so"
                            + " that the configuration does not contain the key.");
    private static final Setting<Set<CredentialsType>> CREDENTIALS_TYPES = Setting.list(
                    "bigquery.credentials.types", "types of credentials", CredentialsType::of)
            .defaultsTo("service_account,authorized_user")
            .map(Set::copyOf)
            .described(
                    Importance.LOW,
                    "Types of keys",
                    "Permitted types of credentials in a key file or in `bigquery.credentials.json`. The types are"
                            + " `service_account`, `authorized_user`, `external_account`,"
                            + " `external_account_authorized_user`, `impersonated_service_account` and"
                            + " `gdch_service_account`. Permit a type other than the first two only if you trust"
                            + " everyone who may configure connectors. A key of such a type can make the worker read"
                            + " files, start programs and call addresses that the key names.");
    private static final Setting<Optional<String>> REST_ENDPOINT = Setting.parsed(
                    "bigquery.rest.endpoint", "an http or https address", ServiceKeys::address)
            .optional()
            .wide(Width.LONG)
            .described(
                    Importance.LOW,
                    "REST endpoint",
                    "Address of the REST API, for example `http://127.0.0.1:9050`. Empty: Google's endpoint.");
    private static final Setting<Optional<String>> STORAGE_ENDPOINT = Names.text(
                    "bigquery.storage.endpoint", "[^:/\\s]+:\\d{1,5}", "host:port, without a scheme")
            .optional()
            .wide(Width.LONG)
            .described(
                    Importance.LOW,
                    "Storage endpoint",
                    "Host and port of the Storage Write API, for example `127.0.0.1:9060`. Empty: Google's"
                            + " endpoint.");
    private static final Setting<Boolean> STORAGE_PLAINTEXT = Setting.flag("bigquery.storage.plaintext", false)
            .described(
                    Importance.LOW,
                    "Plain text",
                    "Whether connections to `bigquery.storage.endpoint` use plain text instead of TLS.");
    private static final Setting<Duration> REQUEST_TIMEOUT = Setting.millis(
                    "bigquery.request.timeout.ms", 30_000, 100, 600_000)
            .described(
                    Importance.LOW,
                    "Request time-out",
                    "Time limit in milliseconds for the response to a call other than an append.");

    private static final String UNENCRYPTED =
            "would send the credentials' token to another machine without encryption. Set ";

    private ServiceKeys() {}

    static SettingsTable.Builder addTo(SettingsTable.Builder table) {
        return table.group(
                        "BigQuery",
                        PROJECT,
                        DATASET,
                        LOCATION,
                        CREDENTIALS,
                        CREDENTIALS_FILE,
                        CREDENTIALS_JSON,
                        CREDENTIALS_TYPES,
                        REST_ENDPOINT,
                        STORAGE_ENDPOINT,
                        STORAGE_PLAINTEXT,
                        REQUEST_TIMEOUT)
                .check(ServiceKeys::checkCredentials)
                .check(ServiceKeys::checkPlaintext)
                .check(ServiceKeys::checkTokenIsEncrypted);
    }

    static Service read(Settings settings) {
        return new Service(
                settings.get(PROJECT),
                settings.get(DATASET),
                settings.get(LOCATION),
                settings.get(REST_ENDPOINT),
                settings.get(STORAGE_ENDPOINT),
                settings.get(STORAGE_PLAINTEXT),
                credentials(settings),
                settings.get(CREDENTIALS_TYPES),
                settings.get(REQUEST_TIMEOUT));
    }

    private static ServiceCredentials credentials(Settings settings) {
        return switch (settings.get(CREDENTIALS)) {
            case DEFAULT -> new ServiceCredentials.ApplicationDefault();
            case NONE -> new ServiceCredentials.None();
            case FILE ->
                new ServiceCredentials.KeyFile(settings.get(CREDENTIALS_FILE).orElseThrow());
            case JSON ->
                new ServiceCredentials.KeyJson(settings.get(CREDENTIALS_JSON).orElseThrow());
        };
    }

    private static void checkCredentials(Settings settings, Problems problems) {
        Source source = settings.get(CREDENTIALS);
        if (source == Source.FILE && settings.get(CREDENTIALS_FILE).isEmpty()) {
            problems.add(
                    CREDENTIALS_FILE, "is required with " + CREDENTIALS + "=file. Set it to the path of a key file");
        }
        if (source == Source.JSON && settings.get(CREDENTIALS_JSON).isEmpty()) {
            problems.add(
                    CREDENTIALS_JSON, "is required with " + CREDENTIALS + "=json. Set it to the content of a key file");
        }
    }

    private static void checkPlaintext(Settings settings, Problems problems) {
        if (settings.get(STORAGE_PLAINTEXT) && settings.get(STORAGE_ENDPOINT).isEmpty()) {
            problems.add(
                    STORAGE_PLAINTEXT,
                    "is true, but Google's endpoint requires TLS. Set " + STORAGE_ENDPOINT + ", or remove "
                            + STORAGE_PLAINTEXT);
        }
    }

    /** A token that is sent without TLS can be read by everyone on the way. */
    private static void checkTokenIsEncrypted(Settings settings, Problems problems) {
        if (settings.get(CREDENTIALS) == Source.NONE) {
            return;
        }
        settings.get(REST_ENDPOINT)
                .map(URI::create)
                .filter(uri -> "http".equals(uri.getScheme()) && !isLoopback(uri.getHost()))
                .ifPresent(uri ->
                        problems.add(REST_ENDPOINT, UNENCRYPTED + "an https address, or " + CREDENTIALS + "=none"));
        settings.get(STORAGE_ENDPOINT)
                .filter(endpoint -> settings.get(STORAGE_PLAINTEXT))
                .filter(endpoint -> !isLoopback(endpoint.substring(0, endpoint.lastIndexOf(':'))))
                .ifPresent(endpoint -> problems.add(
                        STORAGE_PLAINTEXT, UNENCRYPTED + STORAGE_PLAINTEXT + "=false, or " + CREDENTIALS + "=none"));
    }

    /** Looks up no name: the answer could be another one when the connection is made. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static String address(String text) {
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("it must be an http or https address such as http://127.0.0.1:9050");
        }
        return text;
    }
}
