package io.catalogconnect.transforms;

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

/** HMAC-SHA-256 of fields of Structs and Maps, which are copied where they change. Safe for use by several threads at once. */
final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";

    /** A field that cannot be given a pseudonym. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String advice;

        Refused(String problem, String advice) {
            super(problem);
            this.advice = advice;
        }

        String advice() {
            return advice;
        }
    }

    private final SecretKeySpec key;
    private final boolean skipsMissing;

    Pseudonyms(byte[] secret, boolean skipsMissing) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.skipsMissing = skipsMissing;
    }

    /**
     * The holder with the field replaced: a copy, or itself where nothing changes.
     *
     * @param path names from the holder to the field, with dots between them
     */
    Object replace(Object holder, String path) {
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
        throw new Refused("what should hold field '" + name + "' has no fields", "Correct the path");
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
        throw new Refused(
                "field '" + name + "' holds neither text nor bytes",
                "Make it a text before, for example with Connect's Cast");
    }

    private byte[] mac(byte[] input) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private Object missing(String name, Object holder) {
        if (skipsMissing) {
            return holder;
        }
        throw new Refused(
                "there is no field '" + name + "'",
                "Correct the path, or set " + RuleKeys.ON_MISSING_FIELD + " to skip");
    }
}
