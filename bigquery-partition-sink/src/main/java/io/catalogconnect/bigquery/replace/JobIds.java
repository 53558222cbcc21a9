package io.catalogconnect.bigquery.replace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Ids of jobs: the same for everyone who is to run the same job, and never the same for another. */
final class JobIds {

    private static final int HASH_BYTES = 16;

    private JobIds() {}

    /** Made from connector, table, partition and versions; the sequence sets a second try after a failed job apart. */
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
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
