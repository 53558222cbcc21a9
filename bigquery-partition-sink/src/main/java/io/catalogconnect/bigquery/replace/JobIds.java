package io.catalogconnect.bigquery.replace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Job ids: every task derives the same id for the same job, and a different id for any other job. */
final class JobIds {

    private static final int HASH_BYTES = 16;

    private JobIds() {}

    /** Derived from connector, table, unit and versions; the sequence distinguishes a retry after a failed job. */
    static String of(String connector, UnitKey unit, Collection<String> versions, long sequence) {
        String whole = connector + "\n" + unit.table() + "\n" + unit.unit() + "\n" + String.join("\n", versions);
        byte[] hash = sha256().digest(whole.getBytes(StandardCharsets.UTF_8));
        return "catalog-connect_" + unit.table() + "_" + unit.unit() + "_" + sequence + "_"
                + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
