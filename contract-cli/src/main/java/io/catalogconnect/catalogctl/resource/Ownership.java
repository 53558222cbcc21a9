package io.catalogconnect.catalogctl.resource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The marks that catalogctl sets on resources: keys of connectors and labels of tables. */
public final class Ownership {
    /** Key of a connector: ID of the contract. */
    public static final String ID = "contract.id";
    /** Key of a connector: environment of the contract. Earlier versions have not set it. */
    public static final String ENVIRONMENT = "contract.environment";
    /** Label of a table: ID of the contract. */
    public static final String ID_LABEL = "contract";
    /** Label of a table: environment of the contract. Earlier versions have not set it. */
    public static final String ENVIRONMENT_LABEL = "contract-environment";

    private static final String VERSION = "contract.version";
    private static final String DIGEST = "contract.digest";
    private static final String VERSION_LABEL = "contract-version";
    private static final String STATUS_LABEL = "contract-status";
    private static final String TOOL_LABEL = "managed-by";
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]{1,63}");
    private static final int LABEL_LENGTH = 63;
    private static final int DIGEST_LENGTH = 16;

    private Ownership() {}

    /** A connector's configuration with the keys of its contract. */
    public static Map<String, String> marked(
            Map<String, String> config, String contractId, String version, String environment) {
        Map<String, String> marked = new LinkedHashMap<>(config);
        marked.put(ID, contractId);
        marked.put(ENVIRONMENT, environment);
        marked.put(VERSION, version);
        marked.put(DIGEST, digest(new TreeMap<>(config).toString()).substring(0, DIGEST_LENGTH));
        return marked;
    }

    /** The labels of a table with those of its contract. */
    public static Map<String, String> labels(
            Map<String, String> labels, String contractId, String version, String status, String environment) {
        Map<String, String> marked = new LinkedHashMap<>(labels);
        marked.put(ID_LABEL, labelValue(contractId));
        marked.put(ENVIRONMENT_LABEL, labelValue(environment));
        String label = version.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
        marked.put(VERSION_LABEL, label.substring(0, Math.min(LABEL_LENGTH, label.length())));
        marked.put(STATUS_LABEL, labelValue(status));
        marked.put(TOOL_LABEL, "catalogctl");
        return marked;
    }

    /** A text as the value of a label: the text itself if BigQuery accepts it, otherwise a digest of it. */
    public static String labelValue(String text) {
        return LABEL.matcher(text).matches() ? text : digest(text).substring(0, LABEL_LENGTH);
    }

    /** The SHA-256 digest of a text in hexadecimal digits. */
    public static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
