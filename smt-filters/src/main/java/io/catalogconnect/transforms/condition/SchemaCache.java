package io.catalogconnect.transforms.condition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a value for each pair of schemas. The last pair is found by identity, without a lock and without hashing, because
 * records come in runs of one schema; a bounded number of others by their structure.
 *
 * <p>When the cache is full, a new pair replaces an arbitrary one. Replacing the oldest would find nothing at all as soon as one
 * schema more than fits is used in turn. Thread-safe at once.
 *
 * @param <T> the kind of value; immutable
 */
final class SchemaCache<T> {
    /** Schemas that are compared in one look-up; two larger structures count as different. */
    private static final int MAX_COMPARED = 10_000;

    private record Entry<T>(
            @Nullable Schema value, @Nullable Schema key, T content) {}

    private final int capacity;
    private final BiFunction<@Nullable Schema, @Nullable Schema, T> maker;
    private final Map<Schemas, T> others = new HashMap<>();
    private final List<Schemas> order = new ArrayList<>();
    private volatile @Nullable Entry<T> last;
    private int victim;

    SchemaCache(int capacity, BiFunction<@Nullable Schema, @Nullable Schema, T> maker) {
        this.capacity = capacity;
        this.maker = maker;
    }

    T get(@Nullable Schema value, @Nullable Schema key) {
        Entry<T> seen = last;
        if (seen != null && seen.value == value && seen.key == key) {
            return seen.content;
        }
        T content;
        synchronized (others) {
            Schemas schemas = new Schemas(value, key);
            T known = others.get(schemas);
            content = known == null ? add(schemas, maker.apply(value, key)) : known;
        }
        last = new Entry<>(value, key, content);
        return content;
    }

    private T add(Schemas schemas, T content) {
        if (order.size() < capacity) {
            order.add(schemas);
        } else {
            // A linear congruential generator: no pattern of schemas meets the same victims again and again.
            victim = victim * 1_103_515_245 + 12_345;
            others.remove(order.set(Math.floorMod(victim >>> 8, capacity), schemas));
        }
        others.put(schemas, content);
        return content;
    }

    /**
     * Two schemas as a key. A schema's own {@code hashCode} and {@code equals} visit all levels, which ends in a stack overflow for
     * a deep or recursive schema; these look at the first level, and at a bounded number of schemas.
     */
    private static final class Schemas {
        private final @Nullable Schema value;
        private final @Nullable Schema key;
        private final int hash;

        Schemas(@Nullable Schema value, @Nullable Schema key) {
            this.value = value;
            this.key = key;
            this.hash = 31 * hash(value) + hash(key);
        }

        private static int hash(@Nullable Schema schema) {
            if (schema == null) {
                return 0;
            }
            int hash = Objects.hash(schema.type(), schema.name(), schema.version());
            if (schema.type() == Schema.Type.STRUCT) {
                for (Field field : schema.fields()) {
                    hash = 31 * hash + field.name().hashCode();
                }
            }
            return hash;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Schemas schemas
                    && hash == schemas.hash
                    && haveEqualStructure(value, schemas.value)
                    && haveEqualStructure(key, schemas.key);
        }

        /** Compares level by level, without recursion. */
        private static boolean haveEqualStructure(@Nullable Schema first, @Nullable Schema second) {
            List<@Nullable Schema> left = new ArrayList<>();
            List<@Nullable Schema> right = new ArrayList<>();
            left.add(first);
            right.add(second);
            for (int i = 0; i < left.size(); i++) {
                Schema a = left.get(i);
                Schema b = right.get(i);
                if (a == b) {
                    continue;
                }
                if (a == null || b == null || i >= MAX_COMPARED || !isEqualAlone(a, b)) {
                    return false;
                }
                switch (a.type()) {
                    case STRUCT -> {
                        a.fields().forEach(field -> left.add(field.schema()));
                        b.fields().forEach(field -> right.add(field.schema()));
                    }
                    case MAP -> {
                        left.add(a.keySchema());
                        left.add(a.valueSchema());
                        right.add(b.keySchema());
                        right.add(b.valueSchema());
                    }
                    case ARRAY -> {
                        left.add(a.valueSchema());
                        right.add(b.valueSchema());
                    }
                    default -> {}
                }
            }
            return true;
        }

        private static boolean isEqualAlone(Schema a, Schema b) {
            return a.type() == b.type()
                    && Objects.equals(a.name(), b.name())
                    && Objects.equals(a.version(), b.version())
                    && (a.type().isPrimitive()
                            ? Objects.deepEquals(a.defaultValue(), b.defaultValue())
                            : a.defaultValue() == b.defaultValue())
                    && (a.type() != Schema.Type.STRUCT
                            || a.fields().stream()
                                    .map(Field::name)
                                    .toList()
                                    .equals(b.fields().stream().map(Field::name).toList()));
        }
    }
}
