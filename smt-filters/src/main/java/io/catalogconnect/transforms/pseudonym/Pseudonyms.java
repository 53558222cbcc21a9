package io.catalogconnect.transforms.pseudonym;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Replaces fields of Structs and Maps with their HMAC-SHA-256, in a copy. Safe for use by several threads at once. */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";

    /** Reports a field whose pseudonym cannot be computed. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String advice;

        RefusedException(String problem, String advice) {
            super(problem);
            this.advice = advice;
        }

        /** The correction, without a full stop. */
        public String advice() {
            return advice;
        }
    }

    private final SecretKeySpec key;
    private final boolean skipsMissing;

    /**
     * Creates pseudonyms under a secret.
     *
     * @param skipsMissing whether a field that does not exist is ignored
     */
    public Pseudonyms(byte[] secret, boolean skipsMissing) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.skipsMissing = skipsMissing;
    }

    /**
     * Replaces a field.
     *
     * @param path names from the holder to the field, separated by dots
     * @return a copy of the holder, or the holder if nothing changes
     * @throws RefusedException if the field does not exist, or is neither text nor bytes
     */
    public Object replace(Object holder, String path) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        if (holder instanceof Struct struct) {
            Field field = struct.schema().field(name);
            return field == null ? missing(name, holder) : inStruct(struct, field, rest);
        }
        if (holder instanceof Map<?, ?> map) {
            return map.containsKey(name) ? inMap(map, name, rest) : missing(name, holder);
        }
        throw new RefusedException("field '" + name + "' is read from a value that has no fields", "Correct the path");
    }

    private Object inStruct(Struct struct, Field field, String rest) {
        Object old = struct.getWithoutDefault(field.name());
        Object changed = changed(field.name(), old, rest);
        if (changed == old) {
            return struct;
        }
        Struct copy = new Struct(struct.schema());
        struct.schema().fields().forEach(each -> copy.put(each, struct.getWithoutDefault(each.name())));
        return copy.put(field, changed);
    }

    private Object inMap(Map<?, ?> map, String name, String rest) {
        Object old = map.get(name);
        Object changed = changed(name, old, rest);
        if (changed == old) {
            return map;
        }
        Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>(map);
        copy.put(name, changed);
        return copy;
    }

    private @Nullable Object changed(String name, @Nullable Object old, String rest) {
        if (old == null) {
            return null;
        }
        return rest.isEmpty() ? pseudonym(name, old) : replace(old, rest);
    }

    private Object pseudonym(String name, Object value) {
        if (value instanceof String text) {
            return HexFormat.of().formatHex(mac(text.getBytes(StandardCharsets.UTF_8)));
        }
        if (value instanceof byte[] bytes) {
            return mac(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return ByteBuffer.wrap(mac(bytes));
        }
        throw new RefusedException(
                "field '" + name + "' is neither text nor bytes",
                "Convert it to text first, for example with Connect's Cast");
    }

    private byte[] mac(byte[] input) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform supports " + ALGORITHM, e);
        }
    }

    private Object missing(String name, Object holder) {
        if (skipsMissing) {
            return holder;
        }
        throw new RefusedException(
                "there is no field '" + name + "'", "Correct the path, or set on.missing.field to skip");
    }
}
