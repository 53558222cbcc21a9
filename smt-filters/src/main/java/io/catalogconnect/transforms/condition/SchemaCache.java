package io.catalogconnect.transforms.condition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was made for a pair of schemas. The last pair is found by identity, without a lock and without hashing, because
 * records come in runs of one schema; a bounded number of others by equality.
 *
 * @param <T> what is kept; immutable
 */
final class SchemaCache<T> {
    private record Schemas(@Nullable Schema value, @Nullable Schema key) {}

    private record Entry<T>(
            @Nullable Schema value, @Nullable Schema key, T made) {}

    private final BiFunction<@Nullable Schema, @Nullable Schema, T> maker;
    private final Map<Schemas, T> others;
    private volatile @Nullable Entry<T> last;

    SchemaCache(int capacity, BiFunction<@Nullable Schema, @Nullable Schema, T> maker) {
        this.maker = maker;
        this.others = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Schemas, T> eldest) {
                return size() > capacity;
            }
        };
    }

    T get(@Nullable Schema value, @Nullable Schema key) {
        Entry<T> seen = last;
        if (seen != null && seen.value == value && seen.key == key) {
            return seen.made;
        }
        T made;
        synchronized (others) {
            Schemas schemas = new Schemas(value, key);
            T known = others.get(schemas);
            made = known == null ? maker.apply(value, key) : known;
            others.put(schemas, made);
        }
        last = new Entry<>(value, key, made);
        return made;
    }
}
