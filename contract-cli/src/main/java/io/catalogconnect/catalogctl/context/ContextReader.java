package io.catalogconnect.catalogctl.context;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.read.Fields;
import io.catalogconnect.toolkit.rest.ConnectAccess;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one context. Mistakes are findings at the place of their key. Not thread-safe. */
final class ContextReader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String RULE = "value";
    private static final Pattern BROKER = Pattern.compile("[^\\s:/,]+:\\d{1,5}|\\[[0-9a-fA-F:.]+]:\\d{1,5}");

    private final Path folder;
    private final Findings findings;
    private final boolean readsFiles;

    /**
     * @param folder folder of relative paths
     * @param readsFiles whether the files that the context names are read, because it is used
     */
    ContextReader(Path folder, Findings findings, boolean readsFiles) {
        this.folder = folder;
        this.findings = findings;
        this.readsFiles = readsFiles;
    }

    Context read(String name, Fields fields) {
        String environment = fields.key("environment").text();
        Optional<ConnectAccess> connect =
                inner(fields, "connect", "the access to Kafka Connect").flatMap(this::connect);
        Map<String, String> kafka =
                inner(fields, "kafka", "the access to Kafka").map(this::kafka).orElse(Map.of());
        Fields bigQuery = fields.inner("bigquery", "the access to BigQuery");
        Context context = new Context(
                name,
                environment.isEmpty() ? name : environment,
                connect.orElseGet(() -> ConnectAccess.of("", PATIENCE)),
                kafka,
                address(bigQuery, "endpoint", bigQuery.key("endpoint").text()),
                bigQuery.key("credentials").word("default", "none").equals("default"),
                fields.key("variables").textMap());
        bigQuery.done();
        fields.done();
        return context;
    }

    /** Empty if it is absent, which is reported. */
    private static Optional<Fields> inner(Fields fields, String key, String what) {
        if (fields.has(key)) {
            return Optional.of(fields.inner(key, what));
        }
        fields.key(key).needed();
        return Optional.empty();
    }

    /** Empty if it cannot be used: then there are findings. */
    private Optional<ConnectAccess> connect(Fields fields) {
        String url = address(fields, "url", fields.key("url").needed().text());
        String user = fields.key("user").text();
        String passwordFile = fields.key("passwordFile").text();
        String certificates = fields.key("certificates").text();
        fields.done();
        if (user.isEmpty() != passwordFile.isEmpty()) {
            String present = user.isEmpty() ? "passwordFile" : "user";
            String absent = user.isEmpty() ? "user" : "passwordFile";
            error(fields, present, present + " needs " + absent + ".");
        }
        if (url.isEmpty()) {
            return Optional.empty();
        }
        ConnectAccess access = ConnectAccess.of(url, PATIENCE);
        if (!user.isEmpty() && !passwordFile.isEmpty()) {
            Optional<String> password = file(fields, "passwordFile", passwordFile, Files::readString);
            access = password.isEmpty()
                    ? access
                    : access.withBasicAuth(user, password.get().strip());
        }
        ConnectAccess known = access;
        return certificates.isEmpty()
                ? Optional.of(access)
                : file(fields, "certificates", certificates, known::withTrustedCertificates);
    }

    private Map<String, String> kafka(Fields fields) {
        Map<String, String> settings = new HashMap<>();
        String properties = fields.key("properties").text();
        if (!properties.isEmpty()) {
            file(fields, "properties", properties, ContextReader::load).ifPresent(settings::putAll);
        }
        String bootstrap = fields.key("bootstrap").needed().text();
        fields.done();
        for (String broker : bootstrap.isEmpty() ? new String[0] : bootstrap.split(",", -1)) {
            if (!BROKER.matcher(broker.strip()).matches()) {
                error(
                        fields,
                        "bootstrap",
                        "bootstrap is '" + bootstrap + "', which is not a list of HOST:PORT, separated by commas.");
                break;
            }
        }
        settings.put("bootstrap.servers", bootstrap);
        return settings;
    }

    private static Map<String, String> load(Path file) throws IOException {
        Properties loaded = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            loaded.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        Map<String, String> settings = new HashMap<>();
        loaded.stringPropertyNames().forEach(key -> settings.put(key, loaded.getProperty(key, "")));
        return settings;
    }

    /** An address of a web service; empty for one that cannot be used. */
    private String address(Fields fields, String key, String text) {
        if (text.isEmpty() || isAddress(text)) {
            return text;
        }
        error(fields, key, key + " is '" + text + "', which is not an address such as https://example.com:8083.");
        return "";
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return Set.of("http", "https").contains(scheme)
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Reads a file. */
    private interface FileRead<T> {
        T read(Path file) throws IOException;
    }

    /** The content of a file that a key names; empty if the file cannot be read, or is not needed. */
    private <T> Optional<T> file(Fields fields, String key, String text, FileRead<T> read) {
        if (!readsFiles) {
            return Optional.empty();
        }
        Path file = folder.resolve(text);
        if (!Files.isRegularFile(file)) {
            error(fields, key, key + ": " + file + " is not a file.");
            return Optional.empty();
        }
        try {
            return Optional.of(read.read(file));
        } catch (IOException e) {
            error(fields, key, key + ": " + file + " cannot be read: " + reason(file, e.getMessage()));
            return Optional.empty();
        }
    }

    /** Java's own messages are often only the name of the file. */
    private static String reason(Path file, @Nullable String message) {
        return message == null || message.equals(file.toString()) ? "access is denied." : message;
    }

    private void error(Fields fields, String key, String message) {
        findings.error(fields.places().value(key), RULE, message);
    }
}
