package io.catalogconnect.transforms.pseudonym;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes HMAC-SHA-256 over a domain and a value: the length of the domain's UTF-8 bytes in four bytes, the domain, the value.
 * So one value has different pseudonyms in different domains. Thread-safe at once.
 */
public final class PseudonymKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    private final String prefix;

    /**
     * Creates a key.
     *
     * @param id name of the key, which is put before each pseudonym with a colon; empty for pseudonyms without it
     */
    public PseudonymKey(byte[] secret, String id) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
        this.prefix = id.isEmpty() ? "" : id + ":";
    }

    /** The pseudonym of a text: 64 hexadecimal digits after the key's name. */
    String ofText(String domain, String text) {
        return prefix + HexFormat.of().formatHex(mac(domain, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The pseudonym of bytes: 32 bytes after the key's name. */
    byte[] ofBytes(String domain, byte[] bytes) {
        byte[] name = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] mac = mac(domain, bytes);
        return ByteBuffer.allocate(name.length + mac.length).put(name).put(mac).array();
    }

    private byte[] mac(String domain, byte[] value) {
        byte[] label = domain.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, label.length));
            mac.update(label);
            return mac.doFinal(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform supports " + ALGORITHM, e);
        }
    }
}
